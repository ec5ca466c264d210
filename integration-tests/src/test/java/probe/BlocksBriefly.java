package probe;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A primitive that may block, and that nobody can make slow at will: run with the reporting threshold at 0. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface BlocksBriefly {

    /** The expected kind of the report. */
    String value();

    /** The api that the report must name, or empty. */
    String api() default "";
}
