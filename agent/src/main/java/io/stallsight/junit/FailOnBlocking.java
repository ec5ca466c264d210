package io.stallsight.junit;

import io.stallsight.api.Kind;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Makes tests fail if they, or the work that they hand to other threads, block a thread that must not block. The
 * annotation of a method goes before that of its class, of enclosing classes, and of the package.
 *
 * <p>On a package it needs auto-detection of extensions ({@code junit.jupiter.extensions.autodetection.enabled=true});
 * auto-detection checks tests even without the annotation.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.PACKAGE})
@ExtendWith(StallsightExtension.class)
public @interface FailOnBlocking {

    /** Shorter calls are accepted: {@code 500us}, {@code 5ms}. By default {@code stallsight.test.threshold}, else 0. */
    String threshold() default "";

    /** Only calls of these kinds count; by default all do. */
    Kind[] kinds() default {};

    /**
     * Patterns of thread names such as {@code worker-*}: these threads must not block, whether they are loops or not,
     * and no others. By default all threads that are known to be loops.
     */
    String[] threads() default {};

    /** When the test fails. */
    When when() default When.END;

    /** When a test fails. */
    enum When {
        /** After the test has ended, with all of its findings. */
        END,
        /**
         * At the call: a {@link io.stallsight.api.BlockingCallError} is thrown instead of it. If the code under test
         * swallows the error, the test fails at its end.
         */
        CALL
    }
}
