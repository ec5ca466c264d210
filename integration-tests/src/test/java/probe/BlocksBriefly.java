package probe;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a primitive that may block, but for a time that the probe cannot control. The agent runs with threshold 0. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface BlocksBriefly {

    /** The expected kind of the report. */
    String value();

    /** The API that the report must name, or empty. */
    String api() default "";
}
