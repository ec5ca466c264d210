package io.stallsight.engine.thread;

/** Names loop groups: the name of a thread with each run of digits folded to {@code #}. */
public final class LoopGroup {

    private LoopGroup() {}

    /** {@code reactor-http-epoll-2} is of group {@code reactor-http-epoll-#}. */
    public static String of(String threadName) {
        StringBuilder group = new StringBuilder(threadName.length());
        boolean inDigits = false;
        for (int i = 0; i < threadName.length(); i++) {
            char c = threadName.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            if (!digit) {
                group.append(c);
            } else if (!inDigits) {
                group.append('#');
            }
            inDigits = digit;
        }
        return group.toString();
    }
}
