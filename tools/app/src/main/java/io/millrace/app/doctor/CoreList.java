package io.millrace.app.doctor;

import java.util.BitSet;

/** Reads the kernel's way to write sets of cores: {@code 0-3,8}. */
final class CoreList {
    private CoreList() {}

    /**
     * Returns the cores of a list, none for an empty one.
     *
     * @throws NumberFormatException if it is not such a list.
     */
    static BitSet parse(String list) {
        BitSet cores = new BitSet();
        if (list.isBlank() || "(null)".equals(list.strip())) {
            return cores;
        }
        for (String range : list.strip().split(",", -1)) {
            String[] ends = range.split("-", -1);
            int first = Integer.parseInt(ends[0].strip());
            int last = ends.length > 1 ? Integer.parseInt(ends[1].strip()) : first;
            cores.set(first, last + 1);
        }
        return cores;
    }
}
