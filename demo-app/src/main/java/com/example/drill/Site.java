package com.example.drill;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reported line of code, such as {@code com.example.shop.OrderController.find(OrderController.java:57)}.
 *
 * @param packageName package of the class
 * @param file source file
 * @param line line number, from 1
 */
record Site(String packageName, String file, int line) {
    private static final Pattern FRAME = Pattern.compile("(?:(.+)\\.)?[^.]+\\.[^.]+\\(([^():]+):(\\d+)\\)");

    static Optional<Site> parse(String frame) {
        Matcher matcher = FRAME.matcher(frame);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String packageName = matcher.group(1);
        return Optional.of(
                new Site(packageName == null ? "" : packageName, matcher.group(2), Integer.parseInt(matcher.group(3))));
    }
}
