package io.stallsight.engine.picture;

import java.util.Locale;

/** Numbers and names as people read them in one line. */
final class Texts {

    private Texts() {}

    /** Three significant digits: {@code 142 ms}, {@code 1.42 s}. */
    static String duration(double nanos) {
        if (nanos < 1_000_000) {
            return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
        }
        if (nanos < 10_000_000) {
            return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
        }
        if (nanos < 1_000_000_000) {
            return String.format(Locale.ROOT, "%.0f ms", nanos / 1e6);
        }
        return String.format(Locale.ROOT, nanos < 10_000_000_000L ? "%.1f s" : "%.0f s", nanos / 1e9);
    }

    /** {@code com.shop.OrderRepository.find(OrderRepository.java:57)} as {@code OrderRepository.find:57}. */
    static String shortSite(String site) {
        int bracket = site.indexOf('(');
        if (bracket < 0) {
            return site;
        }
        int method = site.lastIndexOf('.', bracket);
        int type = method < 0 ? -1 : site.lastIndexOf('.', method - 1);
        int colon = site.lastIndexOf(':');
        String line = colon > bracket && site.endsWith(")") ? site.substring(colon, site.length() - 1) : "";
        return site.substring(type + 1, bracket) + line;
    }

    /** {@code reactor-http-epoll-#} as {@code reactor-http-epoll}. */
    static String shortGroup(String group) {
        String name = group.replaceAll("[-_ #]*#[-_ #]*$", "");
        return name.isEmpty() ? group : name;
    }

    /** {@code 1 task waits}, {@code 41 tasks wait}. */
    static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
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
