package io.github.penagent.bench;

/**
 * The most that a figure may be.
 *
 * @param solid what it has to reach at least
 * @param moonshot what would be remarkable; the same as solid where there is but one
 */
record Goal(double solid, double moonshot) {
    /** For what is shown and not promised. */
    static final Goal NONE = new Goal(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    static Goal of(double solid, double moonshot) {
        return new Goal(solid, moonshot);
    }

    static Goal of(double most) {
        return new Goal(most, most);
    }

    /** On which side of the goal a figure is. */
    String verdict(double figure) {
        if (solid == Double.POSITIVE_INFINITY) {
            return "";
        }
        if (figure <= moonshot) {
            return "moonshot";
        }
        return figure <= solid ? "solid" : "missed";
    }

    @Override
    public String toString() {
        if (solid == Double.POSITIVE_INFINITY) {
            return "";
        }
        String most = "<= " + Spread.number(solid);
        return solid == moonshot ? most : most + ", <= " + Spread.number(moonshot);
    }
}
