package io.stallsight.engine.catalog;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A name that a section had in earlier versions: files of users may still have it. Its entries mean the same as entries
 * of another section that have one more key.
 *
 * @param name the old name
 * @param section the section that has its entries
 * @param key the key that its entries lack; null if they lack none
 * @param value of the key, a string or true; null without a key
 */
record OldSection(
        String name,
        String section,
        @Nullable String key,
        @Nullable Object value) {

    private static final String AT = "at";

    private static final List<OldSection> ALL = List.of(
            new OldSection("scopes", "blocking", "scope", true),
            new OldSection("takes", "task", AT, "take"),
            new OldSection("hands", "task", AT, "hand"),
            new OldSection("queues", "task", AT, "queue"),
            new OldSection("runs", "task", AT, "run"),
            new OldSection("rejects", "task", AT, "reject"),
            new OldSection("carries", "context", AT, "carry"),
            new OldSection("resumes", "context", AT, "resume"),
            new OldSection("turns", "context", AT, "turn"),
            new OldSection("begins", "loop", AT, "begin"),
            new OldSection("connects", "connection", AT, "connect"),
            new OldSection("disconnects", "connection", AT, "disconnect"),
            new OldSection("connected", "connection", AT, "connected"),
            new OldSection("reads", "connection", AT, "read"),
            new OldSection("writes", "connection", AT, "write"),
            new OldSection("makes", "origin", AT, "make"),
            new OldSection("passes", "origin", AT, "pass"),
            new OldSection("asks", "borrow", AT, "borrow"),
            new OldSection("serves", "borrow", AT, "lend"),
            new OldSection("hosts", "host", null, null),
            new OldSection("tells", "tool", AT, "report"),
            new OldSection("takeOvers", "tool", AT, "install"),
            new OldSection("asked", "policy", null, null),
            new OldSection("loops", "loopFrames", null, null),
            new OldSection("notLoops", "loopFrames", "not", true),
            new OldSection("callBacks", "naming", AT, "callBack"),
            new OldSection("abstractions", "naming", AT, "abstraction"),
            new OldSection("workers", "pools", "worker", true));

    /** The section that once had this name, or null. */
    static @Nullable OldSection of(String name) {
        for (OldSection each : ALL) {
            if (each.name.equals(name)) {
                return each;
            }
        }
        return null;
    }

    /** The old names of a section that the file has. */
    static List<OldSection> of(JsonObject file, String section) {
        List<OldSection> found = new ArrayList<>(0);
        for (OldSection each : ALL) {
            if (each.section.equals(section) && file.has(each.name)) {
                found.add(each);
            }
        }
        return found;
    }

    /** {@code "task" with "at": "queue"}. */
    String howToWrite() {
        String with = value instanceof String text ? "\"" + text + "\"" : String.valueOf(value);
        return "\"" + section + "\"" + (key == null ? "" : " with \"" + key + "\": " + with);
    }

    /** Gives the entries of the file the key that they lack. */
    void translate(JsonObject file) {
        if (key != null && file.get(name) instanceof JsonArray entries) {
            for (Object entry : entries) {
                if (entry instanceof JsonObject object) {
                    object.put(key, value);
                }
            }
        }
    }
}
