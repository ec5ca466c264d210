package io.stallsight.it.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** A test that runs once on each JDK of {@link Jdks#tested()}; its first parameter is the {@link Jdk}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}", allowZeroInvocations = true)
@ArgumentsSource(EachJdk.Provider.class)
public @interface EachJdk {

    /** The first feature version with the tested feature. */
    int from() default Jdks.OLDEST;

    /**
     * Whether it always runs on each JDK of {@link Jdks#found()}. Such a test detects a jar that works only on the JDK
     * that built it. Together, these tests cover every hook, {@code -javaagent}, attach and the command line.
     */
    boolean crossed() default false;

    /** Supplies the JDKs. */
    class Provider implements ArgumentsProvider, AnnotationConsumer<EachJdk> {
        private int from = Jdks.OLDEST;
        private List<Jdk> jdks = Jdks.tested();

        @Override
        public void accept(EachJdk annotation) {
            from = annotation.from();
            jdks = annotation.crossed() ? Jdks.found() : Jdks.tested();
        }

        @Override
        public Stream<? extends Arguments> provideArguments(
                ParameterDeclarations parameters, ExtensionContext context) {
            return jdks.stream().filter(jdk -> jdk.feature() >= from).map(Arguments::of);
        }
    }
}
