import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Packs the files of a folder into one archive, which {@code io.stallsight.agent.EngineArchive} reads and describes. Equal
 * files give equal bytes.
 *
 * <p>Arguments: the archive, the folder, and the names of its parts that are left out ({@code META-INF/}).
 */
public final class PackEngine {

    private static final int MAGIC = 0x53544c31;

    public static void main(String[] arguments) throws IOException {
        Path archive = Path.of(arguments[0]);
        Path folder = Path.of(arguments[1]);
        List<String> leftOut = List.of(arguments).subList(2, arguments.length);
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> leftOut.stream().noneMatch(name::startsWith))
                    .forEach(names::add);
        }
        names.sort(Comparator.comparingInt(String::hashCode).thenComparing(Comparator.naturalOrder()));
        ByteArrayOutputStream bodies = new ByteArrayOutputStream();
        ByteArrayOutputStream index = new ByteArrayOutputStream();
        DataOutputStream indexOut = new DataOutputStream(index);
        indexOut.writeInt(MAGIC);
        indexOut.writeInt(names.size());
        for (String name : names) {
            indexOut.writeInt(name.hashCode());
            indexOut.writeInt(bodies.size());
            byte[] content = Files.readAllBytes(folder.resolve(name));
            DataOutputStream body = new DataOutputStream(bodies);
            body.writeUTF(name);
            body.writeInt(content.length);
            Deflater best = new Deflater(Deflater.BEST_COMPRESSION, true);
            DeflaterOutputStream deflated = new DeflaterOutputStream(bodies, best);
            deflated.write(content);
            deflated.finish();
            best.end();
        }
        indexOut.writeInt(bodies.size());
        Files.createDirectories(archive.getParent());
        Files.write(archive, join(index.toByteArray(), bodies.toByteArray()));
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] both = new byte[one.length + other.length];
        System.arraycopy(one, 0, both, 0, one.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
