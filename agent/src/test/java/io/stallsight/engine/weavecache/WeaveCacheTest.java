package io.stallsight.engine.weavecache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real folders, and caches of several JVMs one after the other. */
class WeaveCacheTest {

    private static final byte[] ORIGINAL = {1, 2, 3, 4};
    private static final byte[] WOVEN = {9, 8, 7};
    private static final int[] POINTS = {3, 5};
    private static final int[] FOUND = {5};

    @TempDir
    Path parent;

    private Path folder() {
        return parent.resolve("cache");
    }

    private WeaveCache open() throws IOException {
        return WeaveCache.in(folder(), "key");
    }

    private static WovenClass.Source source(String name) {
        return new WovenClass.Source(name, true, POINTS, ORIGINAL);
    }

    private static WovenClass woven(String name, byte @Nullable [] result) {
        return new WovenClass(source(name), result, FOUND, true);
    }

    private void keep(WovenClass... classes) throws IOException {
        WeaveCache cache = open();
        for (WovenClass each : classes) {
            cache.add(each);
        }
        cache.close();
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.reduce((one, other) -> {
                        throw new AssertionError("two files: " + one + ", " + other);
                    })
                    .orElseThrow();
        }
    }

    @Test
    void find_inTheNextJvm_hasAllThatWasAdded() throws IOException {
        WeaveCache first = open();
        first.add(woven("app.A", WOVEN));
        first.close();

        WeaveCache next = open();
        WovenClass found = next.find(source("app.A"));

        assertThat(found).isNotNull();
        assertThat(found.classFile()).isEqualTo(WOVEN);
        assertThat(found.found()).isEqualTo(FOUND);
        assertThat(found.isRewritten()).isTrue();
    }

    @Test
    void find_aClassThatIsLeftAsItIs_saysSo() throws IOException {
        keep(woven("app.A", null));

        WovenClass found = open().find(source("app.A"));

        assertThat(found).isNotNull();
        assertThat(found.classFile()).isNull();
    }

    @Test
    void find_anythingElse_isNull() throws IOException {
        keep(woven("app.A", WOVEN));
        WeaveCache next = open();

        assertThat(next.find(source("app.B"))).isNull();
        assertThat(next.find(new WovenClass.Source("app.A", false, POINTS, ORIGINAL)))
                .as("another loader")
                .isNull();
        assertThat(next.find(new WovenClass.Source("app.A", true, new int[] {3}, ORIGINAL)))
                .as("another catalog")
                .isNull();
        assertThat(next.find(new WovenClass.Source("app.A", true, POINTS, new byte[] {1, 2, 3, 5})))
                .as("another class file")
                .isNull();
        assertThat(WeaveCache.in(folder(), "other").find(source("app.A")))
                .as("another key")
                .isNull();
    }

    @Test
    void write_keepsWhatOthersHaveWritten() throws IOException {
        WeaveCache one = open();
        WeaveCache other = open();
        one.add(woven("app.A", WOVEN));
        other.add(woven("app.B", WOVEN));
        one.write();
        other.write();

        assertThat(open().find(source("app.A"))).isNotNull();
        assertThat(open().find(source("app.B"))).isNotNull();
        assertThat(file()).isNotEmptyFile();
    }

    @Test
    void find_inADamagedFile_isNullOrRight_andTheFileIsReplaced() throws IOException {
        keep(woven("app.A", WOVEN));
        byte[] good = Files.readAllBytes(file());
        for (int i = 0; i < good.length; i++) {
            byte[] damaged = good.clone();
            damaged[i] ^= 0x55;
            Files.write(file(), damaged);
            assertThat(open().find(source("app.A"))).as("byte %d", i).isNull();
        }
        for (int length = 0; length < good.length; length++) {
            Files.write(file(), Arrays.copyOf(good, length));
            assertThat(open().find(source("app.A"))).as("length %d", length).isNull();
        }
        keep(woven("app.A", WOVEN));

        assertThat(open().find(source("app.A"))).isNotNull();
    }

    @Test
    void in_aFolderThatOthersMayWriteTo_refuses() throws IOException {
        Files.createDirectory(folder());
        Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("other users may write to");
    }

    @Test
    void in_aSymbolicLink_refuses() throws IOException {
        Path real = Files.createDirectory(parent.resolve("real"));
        Files.createSymbolicLink(folder(), real);

        assertThatThrownBy(this::open).isInstanceOf(IOException.class);
    }

    @Test
    void find_inAFileThatOthersMayWriteTo_isNull() throws IOException {
        keep(woven("app.A", WOVEN));
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw----"));

        assertThat(open().find(source("app.A"))).isNull();
    }

    @Test
    void write_leavesEightFilesAndNothingUnfinished() throws IOException {
        for (int i = 0; i < 10; i++) {
            WeaveCache cache = WeaveCache.in(folder(), "key" + i);
            cache.add(woven("app.A", WOVEN));
            cache.close();
        }
        assertThat(folder().toFile().list()).hasSize(8).allMatch(name -> name.endsWith(".woven"));
    }

    @Test
    void in_aHomeThatIsNotThere_makesNothing() {
        Path home = parent.resolve("home");

        assertThatThrownBy(() -> WeaveCache.in(home.resolve(".cache").resolve("stallsight"), "key"))
                .isInstanceOf(IOException.class);
        assertThat(home).doesNotExist();
    }

    @Test
    void in_aHomeWithoutCaches_makesTheFolder() throws IOException {
        WeaveCache.in(parent.resolve(".cache").resolve("stallsight"), "key");

        assertThat(parent.resolve(".cache").resolve("stallsight")).isDirectory();
    }

    @Test
    void none_keepsNothing() {
        WeaveCache none = WeaveCache.none();
        none.add(woven("app.A", WOVEN));
        none.close();

        assertThat(none.find(source("app.A"))).isNull();
    }
}
