package io.stallsight.engine.thread;

import io.stallsight.engine.catalog.rule.MadeUpNameRule;
import java.util.List;

/**
 * Names loop groups: the name of a thread with its numbers and identifiers folded to {@code #}, so that the threads of
 * one pool have one name. Three things are folded:
 *
 * <ul>
 *   <li>each run of decimal digits: {@code reactor-http-epoll-2};
 *   <li>a UUID: {@code worker-550e8400-e29b-41d4-a716-446655440000};
 *   <li>a hexadecimal number: {@code conn-7f3a9c}, {@code 0x7f3a}.
 * </ul>
 *
 * <p>Parts of words that a library makes up anew in each run are folded as well, if the catalog knows them
 * ({@link MadeUpNameRule}): {@code hz.quizzical_vaughan.IO.thread-in-0} is of group {@code hz.#.IO.thread-in-#}.
 *
 * <p>Without a prefix, a run of letters and digits is a hexadecimal number if it has at least {@value #MIN_HEX_LENGTH}
 * characters, all of them hexadecimal digits, and if one of its decimal digits stands before a letter. So words stay
 * ({@code feed}, {@code facade}, {@code deadbeef}), also with a number behind them ({@code cafe12}), and so do short
 * names with a meaning ({@code h2c}, {@code e2e}, {@code x86}). A hexadecimal number that follows other letters
 * directly begins at its first decimal digit ({@code conn7f3a9c}).
 *
 * <p>A random number of eight hexadecimal digits looks like a word with a number in 3 % of all cases and has another
 * name then ({@code conn-abc#}); these names are few, because their digits are folded.
 */
public final class LoopGroup {

    /** Shorter ones are rather names that people gave. */
    private static final int MIN_HEX_LENGTH = 6;

    /** Threads of {@link java.util.concurrent.Executors#defaultThreadFactory} are called {@code pool-1-thread-2}. */
    private static final String THREAD = "-thread-";

    /** A program that counts its pools so far makes one for each piece of work, as Apache MINA SSHD for a command. */
    private static final int MIN_POOL_DIGITS = 4;

    /** The lengths of the parts of a UUID, see RFC 9562. */
    private static final int[] UUID_PARTS = {8, 4, 4, 4, 12};

    private static volatile List<MadeUpNameRule> madeUp = List.of();

    private LoopGroup() {}

    /** From here on, these parts of names are folded. The catalog of this process, or of a recording that is read. */
    public static void foldMadeUp(List<MadeUpNameRule> rules) {
        madeUp = rules;
    }

    /** {@code reactor-http-epoll-2} is of group {@code reactor-http-epoll-#}. */
    public static String of(String threadName) {
        return fold(threadName, 1);
    }

    /**
     * Folds only what one run of the program gives and no person does: a UUID, a hexadecimal number, and a decimal one
     * that is as long, such as the hash code in {@code qtp1768069354-17}, or that is the number of a pool among very
     * many: {@code pool-4711-thread-1}.
     */
    public static String withoutIdentifiers(String name) {
        return fold(name, MIN_HEX_LENGTH);
    }

    /** @param minDigits decimal numbers with fewer digits stay */
    private static String fold(String name, int minDigits) {
        String threadName = withoutMadeUp(name);
        StringBuilder group = new StringBuilder(threadName.length());
        int at = 0;
        while (at < threadName.length()) {
            if (!isLetterOrDigit(threadName.charAt(at))) {
                group.append(threadName.charAt(at++));
                continue;
            }
            int uuid = endOfUuid(threadName, at);
            if (uuid > at) {
                group.append('#');
                at = uuid;
            } else {
                int end = endOfRun(threadName, at);
                fold(threadName, at, end, minDigits, group);
                at = end;
            }
        }
        return group.toString();
    }

    private static String withoutMadeUp(String name) {
        String found = name;
        for (MadeUpNameRule rule : madeUp) {
            found = rule.fold(found);
        }
        return found;
    }

    /** Folds one run of letters and digits. */
    private static void fold(String name, int from, int end, int minDigits, StringBuilder group) {
        if (isHex(name, from, end)) {
            group.append('#');
            return;
        }
        int at = from;
        while (at < end) {
            if (!isDigit(name.charAt(at))) {
                group.append(name.charAt(at++));
                continue;
            }
            if (isHex(name, at, end) || isPrefixed(name, at, end)) {
                group.append('#');
                return;
            }
            int number = at;
            while (at < end && isDigit(name.charAt(at))) {
                at++;
            }
            if (at - number >= minDigits || isOfPool(name, number, at)) {
                group.append('#');
            } else {
                group.append(name, number, at);
            }
        }
    }

    /** A port stays: {@code DubboServerHandler-10.0.0.7:20880-thread-1}. */
    private static boolean isOfPool(String name, int number, int end) {
        return end - number >= MIN_POOL_DIGITS
                && number > 0
                && name.charAt(number - 1) == '-'
                && name.startsWith(THREAD, end);
    }

    private static boolean isHex(String name, int from, int end) {
        boolean digit = false;
        boolean digitBeforeLetter = false;
        for (int i = from; i < end; i++) {
            char c = name.charAt(i);
            if (!isHexDigit(c)) {
                return false;
            }
            digitBeforeLetter |= digit && !isDigit(c);
            digit = isDigit(c);
        }
        return digitBeforeLetter && end - from >= MIN_HEX_LENGTH;
    }

    /** {@code 0x7f3a}. */
    private static boolean isPrefixed(String name, int from, int end) {
        if (end - from < 3 || name.charAt(from) != '0' || (name.charAt(from + 1) | 0x20) != 'x') {
            return false;
        }
        for (int i = from + 2; i < end; i++) {
            if (!isHexDigit(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Behind the UUID that begins here; {@code from} if none does. */
    private static int endOfUuid(String name, int from) {
        int at = from;
        for (int part = 0; part < UUID_PARTS.length; part++) {
            if (part > 0 && (at >= name.length() || name.charAt(at++) != '-')) {
                return from;
            }
            for (int i = 0; i < UUID_PARTS[part]; i++) {
                if (at >= name.length() || !isHexDigit(name.charAt(at++))) {
                    return from;
                }
            }
        }
        return at < name.length() && isLetterOrDigit(name.charAt(at)) ? from : at;
    }

    private static int endOfRun(String name, int from) {
        int end = from;
        while (end < name.length() && isLetterOrDigit(name.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isHexDigit(char c) {
        int lower = c | 0x20;
        return isDigit(c) || lower >= 'a' && lower <= 'f';
    }

    private static boolean isLetterOrDigit(char c) {
        int lower = c | 0x20;
        return isDigit(c) || lower >= 'a' && lower <= 'z';
    }
}
