package io.stallsight.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Below a part of the code, blocking is accepted in these tests, for a reason. */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.PACKAGE})
@Repeatable(AllowBlocking.Rules.class)
public @interface AllowBlocking {

    /** A class, {@code class#method}, {@code package.**}, or {@code **} for everything. */
    String value();

    /** Why that is right, or who mends it when. A blank one is an error. */
    String reason();

    /** Holds several. */
    @Documented
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE, ElementType.PACKAGE})
    @interface Rules {
        AllowBlocking[] value();
    }
}
