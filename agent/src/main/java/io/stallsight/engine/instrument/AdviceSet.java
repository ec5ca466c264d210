package io.stallsight.engine.instrument;

import io.stallsight.engine.advice.AskAdvice;
import io.stallsight.engine.advice.AskedAdvice;
import io.stallsight.engine.advice.BlockingAdvice;
import io.stallsight.engine.advice.CarryAdvice;
import io.stallsight.engine.advice.ConnectAdvice;
import io.stallsight.engine.advice.ConnectedAdvice;
import io.stallsight.engine.advice.DisconnectAdvice;
import io.stallsight.engine.advice.EventAdvice;
import io.stallsight.engine.advice.HandedAdvice;
import io.stallsight.engine.advice.HostAdvice;
import io.stallsight.engine.advice.IdleAdvice;
import io.stallsight.engine.advice.LoopBeginAdvice;
import io.stallsight.engine.advice.MakeAdvice;
import io.stallsight.engine.advice.OfferAdvice;
import io.stallsight.engine.advice.PassAdvice;
import io.stallsight.engine.advice.PollAdvice;
import io.stallsight.engine.advice.QueuedAdvice;
import io.stallsight.engine.advice.QuietAdvice;
import io.stallsight.engine.advice.ReadAdvice;
import io.stallsight.engine.advice.RejectedAdvice;
import io.stallsight.engine.advice.ResumeAdvice;
import io.stallsight.engine.advice.RunAdvice;
import io.stallsight.engine.advice.SelectAdvice;
import io.stallsight.engine.advice.SelectorCloseAdvice;
import io.stallsight.engine.advice.ServeAdvice;
import io.stallsight.engine.advice.SkipAdvice;
import io.stallsight.engine.advice.StartAdvice;
import io.stallsight.engine.advice.TakeAdvice;
import io.stallsight.engine.advice.TakeOverAdvice;
import io.stallsight.engine.advice.TakenAdvice;
import io.stallsight.engine.advice.TellsAdvice;
import io.stallsight.engine.advice.ThreadEndAdvice;
import io.stallsight.engine.advice.ThreadStartAdvice;
import io.stallsight.engine.advice.TurnAdvice;
import io.stallsight.engine.advice.WriteAdvice;
import io.stallsight.engine.catalog.Point;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.dynamic.ClassFileLocator;

/** The advice of each type of point, parsed once; which point a method is, is looked up while a class is woven. */
final class AdviceSet {

    /** Tells the point of a method that is being woven. */
    interface PointOfMethod {
        /** @param type of the advice, which tells which of the two hooks that a method may have is asked for */
        Point pointOf(MethodDescription method, Point.Type type);
    }

    private final Map<Point.Type, Advice> advice = new EnumMap<>(Point.Type.class);

    AdviceSet(PointOfMethod points) {
        ClassFileLocator locator = ClassFileLocator.ForClassLoader.of(AdviceSet.class.getClassLoader());
        Advice.WithCustomMapping mapping = mapping(points, Point.Type.BLOCKING);
        Advice.WithCustomMapping connections = mapping(points, Point.Type.CONNECT);
        Advice blocking = mapping.to(BlockingAdvice.class, locator);
        Advice idle = mapping.to(IdleAdvice.class, locator);
        advice.put(Point.Type.BLOCKING, blocking);
        advice.put(Point.Type.SCOPE, blocking);
        advice.put(Point.Type.IDLE, idle);
        advice.put(Point.Type.LOOP_IDLE, idle);
        advice.put(Point.Type.TAKE_IDLE, mapping.to(TakeAdvice.class, locator));
        advice.put(Point.Type.TAKE, mapping.to(TakenAdvice.class, locator));
        advice.put(Point.Type.HAND, mapping.to(HandedAdvice.class, locator));
        advice.put(Point.Type.QUEUE, mapping.to(QueuedAdvice.class, locator));
        advice.put(Point.Type.OFFER, mapping.to(OfferAdvice.class, locator));
        advice.put(Point.Type.RUN, mapping.to(RunAdvice.class, locator));
        advice.put(Point.Type.REJECT, mapping.to(RejectedAdvice.class, locator));
        advice.put(Point.Type.START, mapping.to(StartAdvice.class, locator));
        advice.put(Point.Type.CARRY, mapping.to(CarryAdvice.class, locator));
        advice.put(Point.Type.RESUME, mapping.to(ResumeAdvice.class, locator));
        advice.put(Point.Type.TURN, mapping.to(TurnAdvice.class, locator));
        advice.put(Point.Type.POLL, mapping.to(PollAdvice.class, locator));
        advice.put(Point.Type.EVENT, mapping.to(EventAdvice.class, locator));
        advice.put(Point.Type.LOOP_BEGIN, mapping.to(LoopBeginAdvice.class, locator));
        advice.put(Point.Type.QUIET, mapping.to(QuietAdvice.class, locator));
        advice.put(Point.Type.SELECT, mapping.to(SelectAdvice.class, locator));
        advice.put(Point.Type.SELECTOR_CLOSE, mapping.to(SelectorCloseAdvice.class, locator));
        advice.put(Point.Type.CONNECT, connections.to(ConnectAdvice.class, locator));
        advice.put(Point.Type.CONNECTED, connections.to(ConnectedAdvice.class, locator));
        advice.put(Point.Type.READ, connections.to(ReadAdvice.class, locator));
        advice.put(Point.Type.WRITE, connections.to(WriteAdvice.class, locator));
        advice.put(Point.Type.DISCONNECT, connections.to(DisconnectAdvice.class, locator));
        advice.put(Point.Type.MAKE, connections.to(MakeAdvice.class, locator));
        advice.put(Point.Type.PASS, connections.to(PassAdvice.class, locator));
        advice.put(Point.Type.BORROW, connections.to(AskAdvice.class, locator));
        advice.put(Point.Type.LEND, connections.to(ServeAdvice.class, locator));
        advice.put(Point.Type.POLICY, mapping(points, Point.Type.POLICY).to(AskedAdvice.class, locator));
        advice.put(Point.Type.TOOL_REPORT, mapping.to(TellsAdvice.class, locator));
        advice.put(Point.Type.TOOL_INSTALL, mapping.to(TakeOverAdvice.class, locator));
        advice.put(Point.Type.HOST, mapping.to(HostAdvice.class, locator));
        advice.put(Point.Type.THREAD_START, mapping.to(ThreadStartAdvice.class, locator));
        advice.put(Point.Type.THREAD_END, mapping.to(ThreadEndAdvice.class, locator));
        advice.put(Point.Type.SKIP, mapping.to(SkipAdvice.class, locator));
    }

    private static Advice.WithCustomMapping mapping(PointOfMethod points, Point.Type type) {
        return Advice.withCustomMapping()
                .bind(new AdviceArgument.OfPointId(points, type))
                .bind(new AdviceArgument.OfSubject(points, type))
                .bind(new AdviceArgument.OfExecuting(points, type))
                .bind(new AdviceArgument.OfTaken());
    }

    Advice of(Point.Type type) {
        return Objects.requireNonNull(advice.get(type));
    }
}
