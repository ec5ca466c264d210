package io.stallsight.engine.instrument;

import io.stallsight.engine.advice.AskAdvice;
import io.stallsight.engine.advice.AskedAdvice;
import io.stallsight.engine.advice.BlockingAdvice;
import io.stallsight.engine.advice.CarryAdvice;
import io.stallsight.engine.advice.ConnectAdvice;
import io.stallsight.engine.advice.ConnectedAdvice;
import io.stallsight.engine.advice.DisconnectAdvice;
import io.stallsight.engine.advice.EventAdvice;
import io.stallsight.engine.advice.Executing;
import io.stallsight.engine.advice.HandedAdvice;
import io.stallsight.engine.advice.HostAdvice;
import io.stallsight.engine.advice.IdleAdvice;
import io.stallsight.engine.advice.LoopBeginAdvice;
import io.stallsight.engine.advice.MakeAdvice;
import io.stallsight.engine.advice.OfferAdvice;
import io.stallsight.engine.advice.PassAdvice;
import io.stallsight.engine.advice.PointId;
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
import io.stallsight.engine.advice.StartAdvice;
import io.stallsight.engine.advice.Subject;
import io.stallsight.engine.advice.TakeAdvice;
import io.stallsight.engine.advice.TakeOverAdvice;
import io.stallsight.engine.advice.Taken;
import io.stallsight.engine.advice.TakenAdvice;
import io.stallsight.engine.advice.TellsAdvice;
import io.stallsight.engine.advice.ThreadEndAdvice;
import io.stallsight.engine.advice.ThreadStartAdvice;
import io.stallsight.engine.advice.WriteAdvice;
import io.stallsight.engine.catalog.Point;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.field.FieldList;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.method.ParameterDescription;
import net.bytebuddy.description.method.ParameterList;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.implementation.bytecode.StackSize;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.implementation.bytecode.constant.IntegerConstant;
import net.bytebuddy.implementation.bytecode.constant.NullConstant;
import net.bytebuddy.implementation.bytecode.member.MethodVariableAccess;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.matcher.ElementMatchers;

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
        advice.put(Point.Type.LOOP, idle);
        advice.put(Point.Type.TAKE, mapping.to(TakeAdvice.class, locator));
        advice.put(Point.Type.TAKEN, mapping.to(TakenAdvice.class, locator));
        advice.put(Point.Type.HANDED, mapping.to(HandedAdvice.class, locator));
        advice.put(Point.Type.QUEUED, mapping.to(QueuedAdvice.class, locator));
        advice.put(Point.Type.OFFERED, mapping.to(OfferAdvice.class, locator));
        advice.put(Point.Type.RUN, mapping.to(RunAdvice.class, locator));
        advice.put(Point.Type.REJECTED, mapping.to(RejectedAdvice.class, locator));
        advice.put(Point.Type.START, mapping.to(StartAdvice.class, locator));
        advice.put(Point.Type.CARRY, mapping.to(CarryAdvice.class, locator));
        advice.put(Point.Type.RESUME, mapping.to(ResumeAdvice.class, locator));
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
        advice.put(Point.Type.ASK, connections.to(AskAdvice.class, locator));
        advice.put(Point.Type.SERVE, connections.to(ServeAdvice.class, locator));
        advice.put(Point.Type.ASKED, mapping(points, Point.Type.ASKED).to(AskedAdvice.class, locator));
        advice.put(Point.Type.TELLS, mapping.to(TellsAdvice.class, locator));
        advice.put(Point.Type.TAKE_OVER, mapping.to(TakeOverAdvice.class, locator));
        advice.put(Point.Type.HOST, mapping.to(HostAdvice.class, locator));
        advice.put(Point.Type.THREAD_START, mapping.to(ThreadStartAdvice.class, locator));
        advice.put(Point.Type.THREAD_END, mapping.to(ThreadEndAdvice.class, locator));
    }

    private static Advice.WithCustomMapping mapping(PointOfMethod points, Point.Type type) {
        return Advice.withCustomMapping()
                .bind(new PointIdMapping(points, type))
                .bind(new SubjectMapping(points, type))
                .bind(new ExecutingMapping(points, type))
                .bind(new TakenMapping());
    }

    Advice of(Point.Type type) {
        return Objects.requireNonNull(advice.get(type));
    }

    private record PointIdMapping(PointOfMethod points, Point.Type pointType)
            implements Advice.OffsetMapping, Advice.OffsetMapping.Factory<PointId> {

        @Override
        public Class<PointId> getAnnotationType() {
            return PointId.class;
        }

        @Override
        public Advice.OffsetMapping make(
                ParameterDescription.InDefinedShape target,
                AnnotationDescription.Loadable<PointId> annotation,
                AdviceType adviceType) {
            return this;
        }

        @Override
        public Target resolve(
                TypeDescription type,
                MethodDescription method,
                Assigner assigner,
                Advice.ArgumentHandler argumentHandler,
                Sort sort) {
            return new Target.ForStackManipulation(
                    IntegerConstant.forValue(points.pointOf(method, pointType).id()));
        }
    }

    private record ExecutingMapping(PointOfMethod points, Point.Type pointType)
            implements Advice.OffsetMapping, Advice.OffsetMapping.Factory<Executing> {

        @Override
        public Class<Executing> getAnnotationType() {
            return Executing.class;
        }

        @Override
        public Advice.OffsetMapping make(
                ParameterDescription.InDefinedShape target,
                AnnotationDescription.Loadable<Executing> annotation,
                AdviceType adviceType) {
            return this;
        }

        @Override
        public Target resolve(
                TypeDescription type,
                MethodDescription method,
                Assigner assigner,
                Advice.ArgumentHandler argumentHandler,
                Sort sort) {
            String field = points.pointOf(method, pointType).executor();
            return new Target.ForStackManipulation(
                    field == null ? MethodVariableAccess.loadThis() : new OwnField(type, field));
        }
    }

    /** Reads a field of the receiver, by its descriptor alone: its type is never looked for. */
    private static final class OwnField extends StackManipulation.AbstractBase {
        private final String owner;
        private final String name;
        private final String descriptor;

        OwnField(TypeDescription type, String name) {
            FieldList<?> fields = type.getDeclaredFields().filter(ElementMatchers.named(name));
            if (fields.isEmpty()) {
                throw new IllegalStateException("no field " + name + " in " + type.getName());
            }
            this.owner = type.getInternalName();
            this.name = name;
            this.descriptor = fields.get(0).getDescriptor();
        }

        @Override
        public Size apply(MethodVisitor method, Implementation.Context context) {
            method.visitVarInsn(Opcodes.ALOAD, 0);
            method.visitFieldInsn(Opcodes.GETFIELD, owner, name, descriptor);
            return StackSize.SINGLE.toIncreasingSize();
        }
    }

    /** Loaded as it is, for the same reason as a subject. */
    private record TakenMapping() implements Advice.OffsetMapping, Advice.OffsetMapping.Factory<Taken> {

        @Override
        public Class<Taken> getAnnotationType() {
            return Taken.class;
        }

        @Override
        public Advice.OffsetMapping make(
                ParameterDescription.InDefinedShape target,
                AnnotationDescription.Loadable<Taken> annotation,
                AdviceType adviceType) {
            return this;
        }

        @Override
        public Target resolve(
                TypeDescription type,
                MethodDescription method,
                Assigner assigner,
                Advice.ArgumentHandler argumentHandler,
                Sort sort) {
            if (method.getReturnType().isPrimitive()) {
                return new Target.ForStackManipulation(NullConstant.INSTANCE);
            }
            return new Target.ForStackManipulation(MethodVariableAccess.REFERENCE.loadFrom(argumentHandler.returned()));
        }
    }

    private record SubjectMapping(PointOfMethod points, Point.Type pointType)
            implements Advice.OffsetMapping, Advice.OffsetMapping.Factory<Subject> {

        @Override
        public Class<Subject> getAnnotationType() {
            return Subject.class;
        }

        @Override
        public Advice.OffsetMapping make(
                ParameterDescription.InDefinedShape target,
                AnnotationDescription.Loadable<Subject> annotation,
                AdviceType adviceType) {
            return this;
        }

        @Override
        public Target resolve(
                TypeDescription type,
                MethodDescription method,
                Assigner assigner,
                Advice.ArgumentHandler argumentHandler,
                Sort sort) {
            Point point = points.pointOf(method, pointType);
            int subject = point.subject();
            ParameterList<?> parameters = method.getParameters();
            boolean mayBeReceiver =
                    point.executor() != null || point.type().isOfContexts() || point.type() == Point.Type.HOST;
            if (subject == Point.RECEIVER && mayBeReceiver && !method.isStatic()) {
                return new Target.ForStackManipulation(MethodVariableAccess.loadThis());
            }
            if (subject < 0
                    || subject >= parameters.size()
                    || parameters.get(subject).getType().isPrimitive()) {
                return new Target.ForStackManipulation(NullConstant.INSTANCE);
            }
            ParameterDescription parameter = parameters.get(subject);
            // loaded as it is: every reference is an Object, and asking Byte Buddy to assign it would resolve its type
            return new Target.ForStackManipulation(
                    MethodVariableAccess.REFERENCE.loadFrom(argumentHandler.argument(parameter.getOffset())));
        }
    }
}
