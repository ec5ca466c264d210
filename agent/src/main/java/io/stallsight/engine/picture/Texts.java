package io.stallsight.engine.picture;

import io.stallsight.frame.Frames;

/** Numbers and names as people read them in one line. */
final class Texts {

    private Texts() {}

    /** {@code com.shop.OrderRepository.find(OrderRepository.java:57)} as {@code OrderRepository.find:57}. */
    static String shortSite(String site) {
        StackTraceElement frame = Frames.parse(site);
        return frame == null ? site : Frames.brief(frame);
    }

    /** {@code reactor-http-epoll-#} as {@code reactor-http-epoll}. */
    static String shortGroup(String group) {
        String name = group.replaceAll("[-_ #]*#[-_ #]*$", "");
        return name.isEmpty() ? group : name;
    }

    /** The first sentence of a text. */
    static String shortened(String text) {
        int end = text.indexOf("; ");
        return end < 0 ? text : text.substring(0, end);
    }

    /** How long ago: {@code 40 s ago}, {@code 12 min ago}. */
    static String ago(long millis) {
        long seconds = Math.max(0, millis / 1_000);
        return seconds < 120 ? seconds + " s ago" : seconds / 60 + " min ago";
    }
}
