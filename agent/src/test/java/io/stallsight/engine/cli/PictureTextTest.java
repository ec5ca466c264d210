package io.stallsight.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.fact.ObservedJvm;
import io.stallsight.engine.picture.Picture;
import io.stallsight.engine.picture.PictureQuery;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PictureTextTest {

    @Test
    void wrap_breaksAtSpacesAndLosesNothing() {
        assertThat(PictureText.wrap("one two three", 7)).containsExactly("one two", "three");
        assertThat(PictureText.wrap("one two three", 8)).containsExactly("one two", "three");
        assertThat(PictureText.wrap("one two", 100)).containsExactly("one two");
        assertThat(PictureText.wrap("one", Integer.MAX_VALUE)).containsExactly("one");
    }

    @Test
    void wrap_ofALongWord_keepsItWhole() {
        assertThat(PictureText.wrap("com.shop.Orders.find is late", 5))
                .containsExactly("com.shop.Orders.find", "is", "late");
        assertThat(PictureText.wrap("com.shop.Orders.find", 5)).containsExactly("com.shop.Orders.find");
    }

    @Test
    void subject_ofAnUnknownJvm_hasNoGap() {
        ObservedJvm unknown = new ObservedJvm(-1, "", "", null, 0, null, 0, 0, "", "shape", null);
        Picture picture = Picture.ofRecording(0, 1_000, unknown);
        Style plain = Style.of(Style.When.never, Map.of(), false);

        List<String> lines = picture.view(
                PictureQuery.last(1_000), view -> new PictureText(view, plain).report(List.of(), List.of()));

        assertThat(lines.get(1)).startsWith("a JVM, ").doesNotContain("Java");
    }
}
