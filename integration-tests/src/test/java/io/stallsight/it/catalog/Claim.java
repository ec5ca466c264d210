package io.stallsight.it.catalog;

import java.lang.reflect.Member;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One assumption of a catalog entry about the code of the JDK or of a library.
 *
 * @param entry section of the entry
 * @param owner class name, or a package prefix that ends with a dot
 * @param versions versions of the JDK or library that the entry covers
 * @param optional whether it is enough that the claim holds in one of these versions
 */
record Claim(
        String entry,
        Expectation expectation,
        String owner,
        @Nullable MethodPattern method,
        VersionRange versions,
        boolean optional) {

    enum Expectation {
        /** The class exists. */
        CLASS,
        /** The package or a package below it has a class. */
        PACKAGE,
        /** The class itself declares the method, so that it can be on a stack. */
        FRAME,
        /** The class itself declares the method, abstract or not, so that its overrides can be on a stack. */
        OVERRIDDEN,
        /** The class itself declares the method with a body, so that it can be woven. */
        WOVEN,
        /** The class itself declares the method, native or not. Its call sites are woven. */
        CALLED,
        /** The class has this static method, which returns whether a thread must not block. */
        PREDICATE,
        /** The class declares or inherits this field, or this method without parameters. */
        MEMBER,
        /** The interface, or one that it extends, declares the method. */
        API
    }

    private static final List<String> JDK = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");

    boolean isAboutJdk() {
        return JDK.stream().anyMatch(owner::startsWith);
    }

    /** Returns the reason why the claim does not hold in the release, or empty if it holds. */
    Optional<String> problemIn(Release release) {
        if (expectation == Expectation.PACKAGE) {
            return release.hasPackage(owner) ? Optional.empty() : Optional.of("no package " + owner + "**");
        }
        Optional<ClassFile> found = release.find(owner);
        if (found.isEmpty()) {
            return Optional.of("no class " + owner);
        }
        if (method == null) {
            return Optional.empty();
        }
        if (expectation == Expectation.MEMBER) {
            return hasMember(release, owner, method.name())
                    ? Optional.empty()
                    : Optional.of("no field or method " + method.name() + " in " + owner);
        }
        List<Method> methods = expectation == Expectation.API
                ? inherited(release, owner).stream().filter(method::matches).toList()
                : found.get().methods(method);
        if (methods.isEmpty()) {
            return Optional.of("no method " + method + " in " + owner + overloads(found.get()));
        }
        return methods.stream().anyMatch(this::isAsExpected)
                ? Optional.empty()
                : Optional.of(method + " in " + owner + " is " + methods + ", not " + expectation);
    }

    private boolean isAsExpected(Method candidate) {
        return switch (expectation) {
            case WOVEN -> candidate.hasBody();
            case FRAME -> !candidate.isAbstract();
            case PREDICATE -> candidate.isStatic() && candidate.descriptor().endsWith("Z");
            case API, CALLED, CLASS, MEMBER, OVERRIDDEN, PACKAGE -> true;
        };
    }

    /** A class of a library may inherit a member from a JDK class, which is then looked up in the JDK of the test. */
    private static boolean hasMember(Release release, String className, String member) {
        Optional<ClassFile> type = release.find(className);
        if (type.isEmpty()) {
            return JDK.stream().anyMatch(className::startsWith) && hasMember(className, member);
        }
        String superclass = type.get().superclass();
        return type.get().fields().contains(member)
                || type.get().methods().stream()
                        .anyMatch(method -> method.name().equals(member)
                                && method.descriptor().startsWith("()"))
                || superclass != null && hasMember(release, superclass, member);
    }

    private static boolean hasMember(String className, String member) {
        try {
            for (Class<?> type = Class.forName(className); type != null; type = type.getSuperclass()) {
                if (Stream.concat(Stream.of(type.getDeclaredFields()), Stream.of(type.getDeclaredMethods()))
                        .anyMatch(declared -> ((Member) declared).getName().equals(member))) {
                    return true;
                }
            }
        } catch (ClassNotFoundException e) {
            return false;
        }
        return false;
    }

    private static Set<Method> inherited(Release release, String interfaceName) {
        Set<Method> methods = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(interfaceName));
        while (!open.isEmpty()) {
            release.find(open.pop()).ifPresent(type -> {
                methods.addAll(type.methods());
                open.addAll(type.interfaces());
            });
        }
        return methods;
    }

    private String overloads(ClassFile type) {
        String same = type.methods().stream()
                .filter(other -> method != null && other.name().equals(method.name()))
                .map(other -> other.name() + other.descriptor())
                .collect(Collectors.joining(", "));
        return same.isEmpty() ? "" : ", which has " + same;
    }

    @Override
    public String toString() {
        return entry + " " + owner + (method == null ? "" : "#" + method) + " in " + versions
                + (optional ? ", optional" : "");
    }
}
