package io.stallsight.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests fail if a loop stood still for long, waits for itself, or a pool was exhausted. What is nobody's fault (garbage
 * collections, a thread without a CPU) does not count: neither a stall that it causes, nor its part of any other.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.PACKAGE})
@ExtendWith(StallsightExtension.class)
public @interface FailOnStall {

    /** A loop that is late for longer stalls: {@code 50ms}. By default the agent's {@code threshold.stall}, 100 ms. */
    String threshold() default "";

    /** Whether an exhausted pool counts: all workers busy for {@code threshold.pool} (1 s) while tasks wait. */
    boolean pools() default true;
}
