package io.stallsight.engine.stack;

import io.stallsight.engine.catalog.entry.ClassNames;

/** Says whether the class of a frame extends another class. Called on any thread, also on one that must not block. */
public interface Subclasses {

    /**
     * For stacks without classes, as in a recording: the simple name of a subclass contains that of its superclass, as
     * in {@code RunnerClassLoader}, {@code BundleWiringImpl$BundleClassLoader} and {@code EPollSelectorImpl}.
     */
    Subclasses BY_NAME = (className, superclass) ->
            className.substring(className.lastIndexOf('.') + 1).contains(ClassNames.simple(superclass));

    boolean isSubclass(String className, String superclass);
}
