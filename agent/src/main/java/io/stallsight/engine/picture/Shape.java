package io.stallsight.engine.picture;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Reduces text that may hold data of users, or name their machines, to its shape: SQL without its values, files without
 * their folders, hosts by a number that is the same wherever the host is named. With {@code detail=full} nothing is
 * reduced.
 */
public final class Shape {

    private static final Pattern QUOTED = Pattern.compile("'(?:[^']|'')*'");
    private static final Pattern URL = Pattern.compile("(\\w+)://\\S+");
    private static final Pattern FOLDERS = Pattern.compile("(?<![\\w/])(?:[A-Za-z]:)?(?:[/\\\\][^\\s/\\\\\"]+)+");
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(\\[[0-9a-fA-F:.%]+\\]|(?![\\w-]+\\.(?:java|kt|scala|groovy):)[\\w.-]+):(\\d{1,5})\\b");

    /** The numbers of connections of a pool are the agent's own, and say whether it was dry. */
    private static final String OF_A_POOL = "(?! of \\d+ in use\\)| in use\\))";

    private static final Pattern LOOSE_NUMBER = Pattern.compile("(?<![\\w:.#-])\\d+(?:\\.\\d+)*(?![\\w.])" + OF_A_POOL);

    private final boolean full;

    private Shape(boolean full) {
        this.full = full;
    }

    /** @param detail value of option {@code detail} */
    public static Shape of(String detail) {
        return new Shape(detail.equals("full"));
    }

    /** What happened inside of a call: {@code socket read 10.0.0.7:5432} is {@code socket read host-5f3a:5432}. */
    public String detail(String text) {
        if (full || text.isEmpty()) {
            return text;
        }
        String shaped = QUOTED.matcher(text).replaceAll("'#'");
        shaped = URL.matcher(shaped).replaceAll("$1:#");
        shaped = FOLDERS.matcher(shaped).replaceAll(Shape::lastExtension);
        shaped = hosts(shaped);
        return LOOSE_NUMBER.matcher(shaped).replaceAll("#");
    }

    /** A sentence that the agent has made: its numbers are no data of users. */
    public String hosts(String text) {
        return full
                ? text
                : HOST_AND_PORT.matcher(text).replaceAll(found -> host(found.group(1)) + ":" + found.group(2));
    }

    /** The name of a downstream, {@code host:port} or the path of a local socket. */
    public String downstream(String name) {
        int colon = name.lastIndexOf(':');
        if (full || colon < 0 && !name.startsWith("/")) {
            return name;
        }
        return colon < 0 ? host(name) : host(name.substring(0, colon)) + name.substring(colon);
    }

    private static String host(String name) {
        return "host-" + Integer.toHexString(name.hashCode() | 0x10000).substring(1, 5);
    }

    /** {@code /var/lib/orders/4711.csv} is {@code #.csv}. */
    private static String lastExtension(MatchResult found) {
        String path = found.group();
        int dot = path.lastIndexOf('.');
        boolean extension = dot > 0 && path.length() - dot <= 6 && path.indexOf('/', dot) < 0;
        return extension ? "#" + path.substring(dot) : "#";
    }
}
