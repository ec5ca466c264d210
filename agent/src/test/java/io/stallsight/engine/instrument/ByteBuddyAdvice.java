package io.stallsight.engine.instrument;

import io.stallsight.engine.catalog.point.Point;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;

/** The advice of each type of point, parsed once; the point of a method is looked up while a class is woven. */
final class ByteBuddyAdvice {

    /** Finds the point of a method that is being woven. */
    interface PointOfMethod {
        /** @param type of the advice: a method may have one point in each group of types */
        Point pointOf(MethodDescription method, Point.Type type);
    }

    private final Map<Point.Type, Advice> advice = new EnumMap<>(Point.Type.class);

    ByteBuddyAdvice(PointOfMethod points) {
        ClassFileLocator locator = ClassFileLocator.ForClassLoader.of(ByteBuddyAdvice.class.getClassLoader());
        // by their class files: reflection would make proxies of their annotations, 50 classes more
        TypePool pool = new TypePool.Default(
                new TypePool.CacheProvider.Simple(),
                locator,
                TypePool.Default.ReaderMode.EXTENDED,
                TypePool.ClassLoading.ofBootLoader());
        for (Point.Type type : Point.Type.values()) {
            TypeDescription described = pool.describe("io.stallsight.engine.advice." + AdviceSet.adviceOf(type))
                    .resolve();
            advice.put(type, mapping(points, type).to(described, locator));
        }
    }

    private static Advice.WithCustomMapping mapping(PointOfMethod points, Point.Type type) {
        return Advice.withCustomMapping()
                .bind(new ByteBuddyArgument.OfPointId(points, type))
                .bind(new ByteBuddyArgument.OfSubject(points, type))
                .bind(new ByteBuddyArgument.OfWork(points, type))
                .bind(new ByteBuddyArgument.OfReceiverOrField(points, type))
                .bind(new ByteBuddyArgument.OfResult());
    }

    Advice of(Point.Type type) {
        return Objects.requireNonNull(advice.get(type));
    }
}
