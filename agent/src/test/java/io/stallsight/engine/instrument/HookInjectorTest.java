package io.stallsight.engine.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.hook.StallsightHook;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HookInjectorTest {

    /** A class that is left out is missing at run time only, in the first hook that needs it. */
    @Test
    void everyHookClass_isDefined() throws IOException, URISyntaxException {
        Path folder = Path.of(StallsightHook.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve("io/stallsight/hook");
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("package-info.class"))
                    .map(name -> name.replace(".class", ""))
                    .toList();
            assertThat(names).isNotEmpty();
            assertThat(HookInjector.CLASSES).containsExactlyInAnyOrderElementsOf(names);
        }
    }
}
