package io.stallsight.engine.advice;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A parameter of an advice that takes the int argument that the point names: how much work the caller did before, or
 * how many permits it wants. If the point names none, 0 or one permit.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Work {}
