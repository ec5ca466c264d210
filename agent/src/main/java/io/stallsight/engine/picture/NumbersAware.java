package io.stallsight.engine.picture;

import java.util.Comparator;

/** Orders names as people do: {@code loop-2} is before {@code loop-10}. */
final class NumbersAware {

    static final Comparator<String> ORDER = NumbersAware::compare;

    private NumbersAware() {}

    private static int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            int order;
            if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
                int endA = endOfNumber(a, i);
                int endB = endOfNumber(b, j);
                String numberA = a.substring(i, endA);
                String numberB = b.substring(j, endB);
                order = Integer.compare(numberA.length(), numberB.length());
                order = order == 0 ? numberA.compareTo(numberB) : order;
                i = endA;
                j = endB;
            } else {
                order = Character.compare(a.charAt(i++), b.charAt(j++));
            }
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.length() - i, b.length() - j);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int endOfNumber(String text, int from) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
