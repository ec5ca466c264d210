package io.stallsight.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StallsightTest {

    /** {@code Stallsight.assertNoBlocking { ... }} does not compile in Kotlin if a type has to be inferred. */
    @Test
    void assertions_haveNoTypeParameters() {
        assertThat(Arrays.stream(Stallsight.class.getMethods())
                        .filter(method -> method.getName().startsWith("assert"))
                        .filter(method -> method.getTypeParameters().length > 0))
                .isEmpty();
        assertThat(Stallsight.Task.class.getTypeParameters()).isEmpty();
    }
}
