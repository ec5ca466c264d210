package io.stallsight.junit;

import io.stallsight.api.AllowRule;
import io.stallsight.api.Kind;
import io.stallsight.text.DurationText;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads from annotations and from the settings of the suite what makes a test fail. */
final class ChecksReader {

    private final SuiteSettings settings;
    private final AllowList allowList;
    private final AgentAccess agent;

    ChecksReader(SuiteSettings settings, AllowList allowList, AgentAccess agent) {
        this.settings = settings;
        this.allowList = allowList;
        this.agent = agent;
    }

    /**
     * @param method null for a class as a whole
     * @param byItself whether the extension was registered without one of the annotations: then the suite's defaults
     *     count
     * @throws SettingException if an annotation or a setting cannot be used
     */
    Checks read(@Nullable Method method, Class<?> type, boolean byItself) {
        List<AnnotatedElement> elements = elements(method, type);
        Annotations annotations = new Annotations(type.getClassLoader());
        Optional<FailOnBlocking> blocking = annotations.nearest(elements, FailOnBlocking.class);
        Optional<FailOnStall> stall = annotations.nearest(elements, FailOnStall.class);
        boolean annotated = blocking.isPresent() || stall.isPresent();
        boolean defaults = byItself || !annotated;
        Checks.Blocking blockingCheck = blocking.isPresent()
                ? of(blocking.get(), elements)
                : defaults && settings.flag(SuiteSettings.Key.FAIL_ON_BLOCKING) ? byDefault() : null;
        Checks.Stalls stallCheck = stall.isPresent()
                ? new Checks.Stalls(
                        threshold(stall.get().threshold(), agent.stallThreshold(), "@FailOnStall", elements),
                        stall.get().pools())
                : settings.flag(SuiteSettings.Key.FAIL_ON_STALL)
                        ? new Checks.Stalls(agent.stallThreshold(), true)
                        : null;
        return new Checks(blockingCheck, stallCheck, annotated, allowed(annotations, elements));
    }

    private Checks.Blocking of(FailOnBlocking annotation, List<AnnotatedElement> elements) {
        Checks.Blocking fallback = byDefault();
        return new Checks.Blocking(
                threshold(annotation.threshold(), fallback.threshold(), "@FailOnBlocking", elements),
                annotation.kinds().length == 0 ? fallback.kinds() : Set.of(annotation.kinds()),
                List.of(annotation.threads()),
                fallback.always(),
                annotation.when() == FailOnBlocking.When.CALL ? annotation.when() : fallback.when());
    }

    private Checks.Blocking byDefault() {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (String name : settings.list(SuiteSettings.Key.KINDS)) {
            try {
                kinds.add(Kind.valueOf(name.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw SettingException.badValue(
                        SuiteSettings.Key.KINDS.property(), name, Arrays.toString(Kind.values()));
            }
        }
        return new Checks.Blocking(
                settings.duration(SuiteSettings.Key.THRESHOLD),
                kinds,
                List.of(),
                settings.threads(),
                settings.word(SuiteSettings.Key.WHEN, FailOnBlocking.When.class));
    }

    private static Duration threshold(
            String text, Duration fallback, String annotation, List<AnnotatedElement> elements) {
        if (text.isEmpty()) {
            return fallback;
        }
        try {
            return Duration.ofNanos(DurationText.parse(text.trim()));
        } catch (IllegalArgumentException e) {
            throw new SettingException(
                    annotation + "(threshold = \"" + text + "\") on or above " + name(elements.get(0)) + " is not "
                            + DurationText.FORMS,
                    text);
        }
    }

    private List<AllowList.Entry> allowed(Annotations annotations, List<AnnotatedElement> elements) {
        List<AllowList.Entry> allowed = new ArrayList<>();
        for (AnnotatedElement element : elements) {
            for (AllowBlocking annotation : annotations.all(element, AllowBlocking.class)) {
                if (annotation.reason().isBlank()) {
                    throw new SettingException(
                            "@AllowBlocking(\"" + annotation.value() + "\") on " + name(element)
                                    + " needs a reason: say why blocking is right there, or who mends it when",
                            annotation.value());
                }
                try {
                    AllowList.Entry entry = new AllowList.Entry(
                            AllowRule.parse(annotation.value()), "@AllowBlocking on " + name(element));
                    allowed.add(entry);
                    allowList.inForce(entry);
                } catch (IllegalArgumentException e) {
                    throw new SettingException(
                            "@AllowBlocking on " + name(element) + ": " + e.getMessage(), annotation.value());
                }
            }
        }
        return allowed;
    }

    /** The method, its class, enclosing classes, the package: the nearest first. */
    private static List<AnnotatedElement> elements(@Nullable Method method, Class<?> type) {
        List<AnnotatedElement> elements = new ArrayList<>();
        if (method != null) {
            elements.add(method);
        }
        for (Class<?> each = type; each != null; each = each.getEnclosingClass()) {
            elements.add(each);
        }
        Package home = type.getPackage();
        if (home != null) {
            elements.add(home);
        }
        return elements;
    }

    private static String name(AnnotatedElement element) {
        if (element instanceof Method method) {
            return method.getDeclaringClass().getSimpleName() + "#" + method.getName();
        }
        return element instanceof Class<?> type ? type.getSimpleName() : element.toString();
    }
}
