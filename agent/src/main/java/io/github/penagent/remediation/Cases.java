package io.github.penagent.remediation;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;

/**
 * The cases of all pens, in blocks: each event makes another case for one pen, and that must cost the same among five thousand pens
 * as among five. Immutable.
 */
final class Cases extends AbstractList<PenCase> implements RandomAccess {
    static final Cases NONE = new Cases(new PenCase[0][], 0, FleetSums.ZERO);

    /** A copy of one block and one of the list of blocks are shortest together where both are about as long. */
    private static final int BLOCK = 64;

    private final PenCase[][] blocks;
    private final int size;
    private final FleetSums sums;

    private Cases(PenCase[][] blocks, int size, FleetSums sums) {
        this.blocks = blocks;
        this.size = size;
        this.sums = sums;
    }

    static Cases of(List<PenCase> pens) {
        PenCase[][] blocks = new PenCase[(pens.size() + BLOCK - 1) / BLOCK][];
        for (int i = 0; i < blocks.length; i++) {
            int end = Math.min(pens.size(), (i + 1) * BLOCK);
            blocks[i] = pens.subList(i * BLOCK, end).toArray(PenCase[]::new);
        }
        FleetSums sums = FleetSums.ZERO;
        for (PenCase pen : pens) {
            sums = sums.plus(pen);
        }
        return new Cases(blocks, pens.size(), sums);
    }

    @Override
    public PenCase get(int place) {
        return blocks[place / BLOCK][place % BLOCK];
    }

    @Override
    public int size() {
        return size;
    }

    Cases with(int place, PenCase pen) {
        PenCase[][] others = blocks.clone();
        PenCase[] block = others[place / BLOCK].clone();
        block[place % BLOCK] = pen;
        others[place / BLOCK] = block;
        return new Cases(others, size, sums.minus(get(place)).plus(pen));
    }

    FleetSums sums() {
        return sums;
    }

    /** Those that are others than {@code before} at the same places; both have the same pens. */
    @SuppressWarnings("ReferenceEquality") // What was not touched is the same object.
    List<PenCase> changedSince(Cases before) {
        List<PenCase> changed = new ArrayList<>();
        for (int b = 0; b < blocks.length; b++) {
            for (int i = 0; blocks[b] != before.blocks[b] && i < blocks[b].length; i++) {
                if (blocks[b][i] != before.blocks[b][i]) {
                    changed.add(blocks[b][i]);
                }
            }
        }
        return changed;
    }
}
