package io.stallsight.engine.reflect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number that an object of the application has, by the catalog: a sum of paths.
 *
 * <p>{@code queue.size} is one path. {@code global.size + workers.*.queue.size} adds what all workers have;
 * {@code workers.*} counts them, {@code workers.*.active} those with a true flag, and {@code workers.*.state=RUNNING}
 * those whose enum constant has the name.
 */
public final class Quantity {

    private static final Pattern PLUS = Pattern.compile(" *\\+ *");

    private final List<Term> terms;

    /**
     * @param steps paths, between which each element of an array or a collection counts
     * @param constant name of the enum constant that counts, or null
     */
    private record Term(
            List<MemberPath> steps,
            boolean countsElements,
            @Nullable String constant) {}

    private Quantity(List<Term> terms) {
        this.terms = terms;
    }

    /** Null if {@code text} is null. */
    public static @Nullable Quantity of(@Nullable String text) {
        if (text == null) {
            return null;
        }
        List<Term> terms = new ArrayList<>();
        for (String term : PLUS.split(text)) {
            int equals = term.indexOf('=');
            String path = equals < 0 ? term : term.substring(0, equals);
            boolean countsElements = path.endsWith(".*");
            List<MemberPath> steps = new ArrayList<>();
            for (String step : path.split("\\.\\*\\.?", 0)) {
                MemberPath members = MemberPath.of(step);
                if (members != null) {
                    steps.add(members);
                }
            }
            terms.add(new Term(steps, countsElements, equals < 0 ? null : term.substring(equals + 1)));
        }
        return new Quantity(terms);
    }

    /** {@link Gauges#UNKNOWN} if one of the paths leads nowhere. */
    public long in(Object object) {
        long sum = 0;
        for (Term term : terms) {
            long number = number(object, term, 0);
            if (number < 0) {
                return Gauges.UNKNOWN;
            }
            sum += number;
        }
        return sum;
    }

    private static long number(Object object, Term term, int step) {
        Object found = term.steps.get(step).follow(object);
        boolean isLast = step + 1 == term.steps.size();
        if (isLast && !term.countsElements) {
            return leaf(found, term.constant);
        }
        List<?> elements = elements(found);
        if (elements == null) {
            return Gauges.UNKNOWN;
        }
        long sum = 0;
        for (Object element : elements) {
            if (element != null) {
                long number = isLast ? 1 : number(element, term, step + 1);
                if (number < 0) {
                    return Gauges.UNKNOWN;
                }
                sum += number;
            }
        }
        return sum;
    }

    private static long leaf(@Nullable Object found, @Nullable String constant) {
        if (constant != null) {
            return found instanceof Enum<?> one ? (one.name().equals(constant) ? 1 : 0) : Gauges.UNKNOWN;
        }
        if (found instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        return found instanceof Number number ? number.longValue() : Gauges.UNKNOWN;
    }

    /** Of an array or a collection, null elements included; null if it is neither, or changes meanwhile. */
    public static @Nullable List<?> elements(@Nullable Object many) {
        if (many instanceof Object[] array) {
            return Arrays.asList(array);
        }
        if (many instanceof AtomicReferenceArray<?> array) {
            List<Object> elements = new ArrayList<>(array.length());
            for (int i = 0; i < array.length(); i++) {
                elements.add(array.get(i));
            }
            return elements;
        }
        try {
            return many instanceof Collection<?> collection ? new ArrayList<>(collection) : null;
        } catch (RuntimeException changedMeanwhile) {
            return null;
        }
    }
}
