package io.github.penagent.penctl;

import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;

/**
 * One pen, to be asked and to be changed: where a program starts. Nothing it offers can crash, hang or corrupt the pen it is
 * meant for; what is dangerous and still legitimate has to be accepted by name with {@link #accepting}.
 */
public final class Pen {
    private final Desk desk;
    private final Drains drains;

    private Pen(Desk desk, Drains drains) {
        this.desk = desk;
        this.drains = drains;
    }

    /**
     * A pen behind {@code control}.
     *
     * @param version what runs there; {@link PenVersion#UNKNOWN} allows only what is safe everywhere
     */
    public static Pen over(Control control, PenVersion version) {
        return new Pen(new Desk(control, version, EnumSet.noneOf(Danger.class)), new Drains());
    }

    /** The same pen, with these dangers accepted for every call made through what is returned. */
    public Pen accepting(Danger... dangers) {
        return new Pen(desk.accepting(Set.of(dangers)), drains);
    }

    /** The servers it forwards to. */
    public PenServers servers() {
        return new PenServers(desk, drains, InstantSource.system());
    }

    /** What pen can be told about itself while it runs. */
    public Tuning settings() {
        return new Tuning(desk);
    }

    /** The access lists. */
    public Acls acls() {
        return new Acls(desk);
    }

    /** What pen can be asked, and the actions that are not settings. */
    public Information information() {
        return new Information(desk);
    }
}
