package io.stallsight.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Makes tests fail if a loop stood still for long, if a loop waits for itself, or if a pool was exhausted. Time for
 * which no code is to blame (garbage collections, a thread without a CPU) does not count: neither a stall that consists
 * of it, nor its part of another stall.
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
