package io.github.penagent.remediation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What speaks against one backend, as it is shown. The words stay as they were when the doubt took this form: what counts on with every
 * check would have all of a pen shown anew each time.
 *
 * @param failing whether it is enough to call the backend failing
 * @param cause what kind of failure, in a word
 * @param sinceNanos since when; {@link Long#MAX_VALUE} if that is not known
 */
record Doubt(int server, String address, boolean failing, Source source, String cause, String words, long sinceNanos) {

    /** All doubts about one pen's backends. */
    static List<Doubt> all(PenCase pen, List<Judgement> judgements) {
        Map<Integer, Doubt> before = new HashMap<>();
        pen.doubts.forEach(doubt -> before.put(doubt.server, doubt));
        List<Doubt> all = new ArrayList<>();
        for (int i = 0; i < pen.slots.size(); i++) {
            SlotCase slot = pen.slot(i);
            Judgement judgement = judgements.get(i);
            boolean doubted = slot.verdict() != SlotCase.Verdict.FINE || judgement.suspect();
            if (doubted && pen.usable(i)) {
                Doubt now = new Doubt(
                        i,
                        slot.address(),
                        slot.failing(),
                        judgement.source(),
                        judgement.cause(),
                        judgement.words(),
                        judgement.suspectNanos());
                Doubt then = before.get(i);
                all.add(then != null && then.hasTheFormOf(now) ? then : now);
            }
        }
        return List.copyOf(all);
    }

    private boolean hasTheFormOf(Doubt other) {
        return failing == other.failing
                && source == other.source
                && address.equals(other.address)
                && (cause.equals(other.cause) || other.words.isEmpty());
    }
}
