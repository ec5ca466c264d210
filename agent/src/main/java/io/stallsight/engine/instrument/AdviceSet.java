package io.stallsight.engine.instrument;

import io.stallsight.engine.advice.BlockingAdvice;
import io.stallsight.engine.advice.BorrowAdvice;
import io.stallsight.engine.advice.ConnectionAdvice;
import io.stallsight.engine.advice.ContextAdvice;
import io.stallsight.engine.advice.HostAdvice;
import io.stallsight.engine.advice.IdleAdvice;
import io.stallsight.engine.advice.LeaseAdvice;
import io.stallsight.engine.advice.LoopAdvice;
import io.stallsight.engine.advice.OriginAdvice;
import io.stallsight.engine.advice.PolicyAdvice;
import io.stallsight.engine.advice.QuietAdvice;
import io.stallsight.engine.advice.RequestAdvice;
import io.stallsight.engine.advice.SelectorAdvice;
import io.stallsight.engine.advice.SkipAdvice;
import io.stallsight.engine.advice.TaskAdvice;
import io.stallsight.engine.advice.ThreadAdvice;
import io.stallsight.engine.advice.ToolAdvice;
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
final class AdviceSet {

    /** Finds the point of a method that is being woven. */
    interface PointOfMethod {
        /** @param type of the advice: a method may have one point in each group of types */
        Point pointOf(MethodDescription method, Point.Type type);
    }

    private final Map<Point.Type, Advice> advice = new EnumMap<>(Point.Type.class);

    AdviceSet(PointOfMethod points) {
        ClassFileLocator locator = ClassFileLocator.ForClassLoader.of(AdviceSet.class.getClassLoader());
        // by their class files: reflection would make proxies of their annotations, 50 classes more
        TypePool pool = new TypePool.Default(
                new TypePool.CacheProvider.Simple(),
                locator,
                TypePool.Default.ReaderMode.EXTENDED,
                TypePool.ClassLoading.ofBootLoader());
        for (Point.Type type : Point.Type.values()) {
            TypeDescription described = pool.describe(adviceOf(type).getName()).resolve();
            advice.put(type, mapping(points, type).to(described, locator));
        }
    }

    private static Class<?> adviceOf(Point.Type type) {
        return switch (type) {
            case BLOCKING, SCOPE -> BlockingAdvice.class;
            case QUIET -> QuietAdvice.class;
            case SELECT -> SelectorAdvice.Select.class;
            case SELECTOR_CLOSE -> SelectorAdvice.Close.class;
            case IDLE, LOOP_IDLE -> IdleAdvice.class;
            case COUNT_IDLE -> IdleAdvice.Count.class;
            case COUNT_UPPER_IDLE -> IdleAdvice.CountUpper.class;
            case TAKE_IDLE -> IdleAdvice.Take.class;
            case LOOP_BEGIN -> LoopAdvice.Begin.class;
            case LOOP_END -> LoopAdvice.End.class;
            case POLL -> LoopAdvice.Poll.class;
            case EVENT -> LoopAdvice.Event.class;
            case QUEUE -> TaskAdvice.Queue.class;
            case OFFER -> TaskAdvice.Offer.class;
            case WORK -> TaskAdvice.Work.class;
            case LEAVE -> TaskAdvice.Leave.class;
            case TAKE -> TaskAdvice.Take.class;
            case HAND -> TaskAdvice.Hand.class;
            case RUN -> TaskAdvice.Run.class;
            case REJECT -> TaskAdvice.Reject.class;
            case START -> TaskAdvice.Start.class;
            case CARRY -> ContextAdvice.Carry.class;
            case RESUME -> ContextAdvice.Resume.class;
            case TURN -> ContextAdvice.Turn.class;
            case CONNECT -> ConnectionAdvice.Connect.class;
            case ACCEPT -> ConnectionAdvice.Accept.class;
            case CONNECTED -> ConnectionAdvice.Connected.class;
            case DISCONNECT -> ConnectionAdvice.Disconnect.class;
            case READ -> ConnectionAdvice.Read.class;
            case WRITE -> ConnectionAdvice.Write.class;
            case MAKE -> OriginAdvice.Make.class;
            case PASS -> OriginAdvice.Pass.class;
            case BORROW -> BorrowAdvice.Borrow.class;
            case LEND -> BorrowAdvice.Lend.class;
            case LEASE_BEGIN -> LeaseAdvice.Begin.class;
            case LEASE_END -> LeaseAdvice.End.class;
            case SERVE -> RequestAdvice.Serve.class;
            case ROUTE -> RequestAdvice.Route.class;
            case THREAD_START -> ThreadAdvice.Start.class;
            case THREAD_END -> ThreadAdvice.End.class;
            case POLICY -> PolicyAdvice.class;
            case TOOL_REPORT -> ToolAdvice.Report.class;
            case TOOL_INSTALL -> ToolAdvice.Install.class;
            case HOST -> HostAdvice.class;
            case SKIP -> SkipAdvice.class;
        };
    }

    private static Advice.WithCustomMapping mapping(PointOfMethod points, Point.Type type) {
        return Advice.withCustomMapping()
                .bind(new AdviceArgument.OfPointId(points, type))
                .bind(new AdviceArgument.OfSubject(points, type))
                .bind(new AdviceArgument.OfReceiverOrField(points, type))
                .bind(new AdviceArgument.OfResult());
    }

    Advice of(Point.Type type) {
        return Objects.requireNonNull(advice.get(type));
    }
}
