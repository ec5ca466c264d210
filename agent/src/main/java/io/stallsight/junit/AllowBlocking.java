package io.stallsight.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Accepts blocking below a part of the code, in these tests, for a reason. */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.PACKAGE})
@Repeatable(AllowBlocking.Rules.class)
public @interface AllowBlocking {

    /**
     * The part of the code: a class with its nested classes ({@code com.shop.Orders}), a method with its lambdas
     * ({@code com.shop.Orders#find}), a package with its subpackages ({@code com.shop.**}), or {@code **} for
     * everything. Any other text is an error. The agent's option {@code allow} has the same form and meaning.
     */
    String value();

    /** The reason: why blocking is right there, or who mends it when. A blank one is an error. */
    String reason();

    /** Holds several of them. */
    @Documented
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE, ElementType.PACKAGE})
    @interface Rules {
        AllowBlocking[] value();
    }
}
