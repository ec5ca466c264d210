package io.stallsight.engine.catalog.rule;

import io.stallsight.engine.catalog.entry.CatalogEntry;
import org.jspecify.annotations.Nullable;

/**
 * How to read the numbers of the file descriptors of connections. Any thread may follow the paths.
 *
 * @param descriptor path from what stands for a connection, as a point {@code event} of section {@code loop} has it, to
 *     its number; null in an entry about loops
 * @param descriptors path from the executor of a loop to the numbers of all its connections, an array in which 0 is
 *     none, or to an object of a class that has an entry of its own; null in an entry about connections. Loops that
 *     wait in a selector of the JDK need none
 * @param buffer path from what stands for a connection to the bytes that were read and not decoded, of a class that has
 *     an entry of its own; the first path counts that leads to some
 * @param read path from such a buffer, or from a message, which is the subject of such a point, to the number of its
 *     bytes that have been processed; null in other entries
 * @param written path to the number of all its bytes; not null where {@code read} is not
 */
public record SocketRule(
        String className,
        @Nullable String descriptor,
        @Nullable String descriptors,
        @Nullable String buffer,
        @Nullable String read,
        @Nullable String written)
        implements Rule {

    public static SocketRule read(CatalogEntry entry) {
        return new SocketRule(
                entry.required("class"),
                entry.text("descriptor"),
                entry.text("descriptors"),
                entry.text("buffer"),
                entry.text("read"),
                entry.text("written"));
    }
}
