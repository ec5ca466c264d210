package io.stallsight.engine.catalog.entry;

/** A range of JDK feature versions: {@code 17}, {@code 17-18} or {@code 19+}. */
record JdkRange(int from, int to) {

    static final JdkRange ALL = new JdkRange(0, Integer.MAX_VALUE);

    static JdkRange parse(String text) {
        String range = text.trim();
        if (range.endsWith("+")) {
            return new JdkRange(Integer.parseInt(range.substring(0, range.length() - 1)), Integer.MAX_VALUE);
        }
        int dash = range.indexOf('-');
        if (dash < 0) {
            int only = Integer.parseInt(range);
            return new JdkRange(only, only);
        }
        return new JdkRange(Integer.parseInt(range.substring(0, dash)), Integer.parseInt(range.substring(dash + 1)));
    }

    boolean contains(int feature) {
        return from <= feature && feature <= to;
    }
}
