package io.stallsight.engine.picture;

/** Names and times as the verdict has them. */
final class Texts {

    private Texts() {}

    /** {@code reactor-http-epoll-#} as {@code reactor-http-epoll}. */
    static String shortGroup(String group) {
        String name = group.replaceAll("[-_ #]*#[-_ #]*$", "");
        return name.isEmpty() ? group : name;
    }

    /** How long ago: {@code 40 s ago}, {@code 12 min ago}. */
    static String ago(long millis) {
        long seconds = Math.max(0, millis / 1_000);
        return seconds < 120 ? seconds + " s ago" : seconds / 60 + " min ago";
    }
}
