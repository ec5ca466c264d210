package io.stallsight.engine.instrument;

import io.stallsight.engine.advice.PointId;
import io.stallsight.engine.advice.ReceiverOrField;
import io.stallsight.engine.advice.Result;
import io.stallsight.engine.advice.Subject;
import io.stallsight.engine.advice.Work;
import io.stallsight.engine.catalog.point.Operands;
import io.stallsight.engine.catalog.point.Point;
import java.lang.annotation.Annotation;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.field.FieldList;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.method.ParameterDescription;
import net.bytebuddy.description.method.ParameterList;
import net.bytebuddy.description.type.TypeDescription;
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

/**
 * The value of an annotated argument of an advice, in the method that is woven. References are loaded as they are: the
 * argument is an Object, and an assignment by Byte Buddy would resolve the type of the reference.
 *
 * @param <A> the annotation
 */
abstract class ByteBuddyArgument<A extends Annotation>
        implements Advice.OffsetMapping, Advice.OffsetMapping.Factory<A> {

    private final Class<A> annotation;

    private ByteBuddyArgument(Class<A> annotation) {
        this.annotation = annotation;
    }

    /** Loads the argument onto the stack of {@code method}. */
    abstract StackManipulation load(TypeDescription type, MethodDescription method, Advice.ArgumentHandler arguments);

    @Override
    public Class<A> getAnnotationType() {
        return annotation;
    }

    @Override
    public Advice.OffsetMapping make(
            ParameterDescription.InDefinedShape target,
            AnnotationDescription.Loadable<A> loadable,
            AdviceType adviceType) {
        return this;
    }

    @Override
    public Target resolve(
            TypeDescription type,
            MethodDescription method,
            Assigner assigner,
            Advice.ArgumentHandler arguments,
            Sort sort) {
        StackManipulation loaded = load(type, method, arguments);
        boolean readsReceiver = loaded instanceof OwnField || loaded.equals(MethodVariableAccess.loadThis());
        if (readsReceiver && sort == Sort.ENTER && method.isConstructor()) {
            throw new IllegalStateException("no receiver at the entry of " + method);
        }
        return new Target.ForStackManipulation(loaded);
    }

    /** An argument that depends on the point. */
    private abstract static class OfPoint<A extends Annotation> extends ByteBuddyArgument<A> {

        private final ByteBuddyAdvice.PointOfMethod points;
        private final Point.Type pointType;

        private OfPoint(Class<A> annotation, ByteBuddyAdvice.PointOfMethod points, Point.Type pointType) {
            super(annotation);
            this.points = points;
            this.pointType = pointType;
        }

        final Point pointOf(MethodDescription method) {
            return points.pointOf(method, pointType);
        }
    }

    /** The id of the point. */
    static final class OfPointId extends OfPoint<PointId> {

        OfPointId(ByteBuddyAdvice.PointOfMethod points, Point.Type pointType) {
            super(PointId.class, points, pointType);
        }

        @Override
        StackManipulation load(TypeDescription type, MethodDescription method, Advice.ArgumentHandler arguments) {
            return IntegerConstant.forValue(pointOf(method).id());
        }
    }

    /** The receiver, or the object in its field. */
    static final class OfReceiverOrField extends OfPoint<ReceiverOrField> {

        OfReceiverOrField(ByteBuddyAdvice.PointOfMethod points, Point.Type pointType) {
            super(ReceiverOrField.class, points, pointType);
        }

        @Override
        StackManipulation load(TypeDescription type, MethodDescription method, Advice.ArgumentHandler arguments) {
            String field = pointOf(method).field();
            if (field != null) {
                return new OwnField(type, field);
            }
            return method.isStatic() ? NullConstant.INSTANCE : MethodVariableAccess.loadThis();
        }
    }

    /** The object that the method returns. */
    static final class OfResult extends ByteBuddyArgument<Result> {

        OfResult() {
            super(Result.class);
        }

        @Override
        StackManipulation load(TypeDescription type, MethodDescription method, Advice.ArgumentHandler arguments) {
            return method.getReturnType().isPrimitive()
                    ? NullConstant.INSTANCE
                    : MethodVariableAccess.REFERENCE.loadFrom(arguments.returned());
        }
    }

    /** The subject of the call: an argument, the receiver, or null. */
    static final class OfSubject extends OfPoint<Subject> {

        OfSubject(ByteBuddyAdvice.PointOfMethod points, Point.Type pointType) {
            super(Subject.class, points, pointType);
        }

        @Override
        StackManipulation load(TypeDescription type, MethodDescription method, Advice.ArgumentHandler arguments) {
            Point point = pointOf(method);
            int subject = point.subject();
            ParameterList<?> parameters = method.getParameters();
            if (subject == Operands.RECEIVER && PointArguments.mayBeReceiver(point) && !method.isStatic()) {
                return MethodVariableAccess.loadThis();
            }
            if (subject < 0
                    || subject >= parameters.size()
                    || parameters.get(subject).getType().isPrimitive()) {
                return NullConstant.INSTANCE;
            }
            ParameterDescription parameter = parameters.get(subject);
            return MethodVariableAccess.REFERENCE.loadFrom(arguments.argument(parameter.getOffset()));
        }
    }

    /** Reads a field of the receiver by its descriptor alone: the type is never resolved. */
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

    /** The int argument that the point names, or 0. */
    static final class OfWork extends OfPoint<Work> {

        OfWork(ByteBuddyAdvice.PointOfMethod points, Point.Type pointType) {
            super(Work.class, points, pointType);
        }

        @Override
        StackManipulation load(TypeDescription type, MethodDescription method, Advice.ArgumentHandler arguments) {
            int subject = pointOf(method).subject();
            if (subject < 0) {
                return IntegerConstant.forValue(pointOf(method).type().workOfNoArgument());
            }
            ParameterList<?> parameters = method.getParameters();
            if (subject >= parameters.size()
                    || !parameters.get(subject).getType().represents(int.class)) {
                throw new IllegalStateException("no int: " + method);
            }
            return MethodVariableAccess.INTEGER.loadFrom(
                    arguments.argument(parameters.get(subject).getOffset()));
        }
    }
}
