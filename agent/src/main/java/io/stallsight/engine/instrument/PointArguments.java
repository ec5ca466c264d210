package io.stallsight.engine.instrument;

import io.stallsight.engine.catalog.point.Operands;
import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.inline.Arguments;
import io.stallsight.engine.inline.Locals;
import io.stallsight.engine.inline.WovenMethod;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * The values of the annotated arguments of an advice, at one point.
 *
 * @param fields descriptors of the fields that the class declares, by their names
 */
record PointArguments(Point point, Map<String, String> fields) implements Arguments {

    private static final String POINT_ID = "Lio/stallsight/engine/advice/PointId;";
    private static final String SUBJECT = "Lio/stallsight/engine/advice/Subject;";
    private static final String RECEIVER_OR_FIELD = "Lio/stallsight/engine/advice/ReceiverOrField;";
    private static final String WORK = "Lio/stallsight/engine/advice/Work;";
    private static final String RESULT = "Lio/stallsight/engine/advice/Result;";

    /** No local variable. */
    private static final int NONE = -1;

    /** Descriptors of the annotations. */
    static final Set<String> ANNOTATIONS = Set.of(POINT_ID, SUBJECT, RECEIVER_OR_FIELD, RESULT, WORK);

    @Override
    public void load(String annotation, WovenMethod method, Locals locals, MethodVisitor code) {
        if (annotation.equals(POINT_ID)) {
            loadId(code);
        } else if (annotation.equals(SUBJECT)) {
            loadSubject(method, locals, code);
        } else if (annotation.equals(RECEIVER_OR_FIELD)) {
            loadReceiverOrField(method, locals, code);
        } else if (annotation.equals(WORK)) {
            loadWork(method, code);
        } else if (annotation.equals(RESULT)) {
            loadReference(isReference(method.result()) ? locals.returned() : NONE, code);
        } else {
            throw new IllegalStateException(annotation);
        }
    }

    private void loadId(MethodVisitor code) {
        int id = point.id();
        if (id <= 5) {
            code.visitInsn(Opcodes.ICONST_0 + id);
        } else if (id <= Byte.MAX_VALUE) {
            code.visitIntInsn(Opcodes.BIPUSH, id);
        } else if (id <= Short.MAX_VALUE) {
            code.visitIntInsn(Opcodes.SIPUSH, id);
        } else {
            code.visitLdcInsn(id);
        }
    }

    /** Whether the receiver counts as the subject if the point says so: other hooks have it as {@code self}. */
    static boolean mayBeReceiver(Point point) {
        return point.field() != null
                || point.type().isOfContexts()
                || point.type() == Point.Type.HOST
                || point.type() == Point.Type.LEASE_END
                || point.type() == Point.Type.EXCHANGE_BEGIN
                || point.type() == Point.Type.SERVE
                || point.type() == Point.Type.ROUTE;
    }

    /** An argument, the receiver, or null. */
    private void loadSubject(WovenMethod method, Locals locals, MethodVisitor code) {
        int subject = point.subject();
        Type[] parameters = method.parameters();
        if (subject == Operands.RECEIVER && mayBeReceiver(point) && !method.isStatic()) {
            loadReceiver(method, locals, code);
        } else if (subject >= 0 && subject < parameters.length && isReference(parameters[subject])) {
            loadReference(method.offsetOf(subject), code);
        } else {
            loadReference(NONE, code);
        }
    }

    /** An int argument, or what stands for it if the point names none. */
    private void loadWork(WovenMethod method, MethodVisitor code) {
        int subject = point.subject();
        if (subject < 0) {
            code.visitInsn(Opcodes.ICONST_0 + point.type().workOfNoArgument());
            return;
        }
        Type[] parameters = method.parameters();
        if (subject >= parameters.length || !parameters[subject].equals(Type.INT_TYPE)) {
            throw new IllegalStateException("argument " + subject + " of " + method + " is no int");
        }
        code.visitVarInsn(Opcodes.ILOAD, method.offsetOf(subject));
    }

    private void loadReceiverOrField(WovenMethod method, Locals locals, MethodVisitor code) {
        String field = point.field();
        if (field == null) {
            if (method.isStatic()) {
                loadReference(NONE, code);
            } else {
                loadReceiver(method, locals, code);
            }
            return;
        }
        String descriptor = fields.get(field);
        if (descriptor == null) {
            throw new IllegalStateException(
                    "no field " + field + " in " + method.owner().replace('/', '.'));
        }
        loadReceiver(method, locals, code);
        code.visitFieldInsn(Opcodes.GETFIELD, method.owner(), field, descriptor);
    }

    private static void loadReceiver(WovenMethod method, Locals locals, MethodVisitor code) {
        if (!locals.haveReceiver(method)) {
            throw new IllegalStateException("an advice needs the receiver of " + method);
        }
        loadReference(0, code);
    }

    /** Loads a local variable, or null if there is none. */
    private static void loadReference(int local, MethodVisitor code) {
        if (local == NONE) {
            code.visitInsn(Opcodes.ACONST_NULL);
        } else {
            code.visitVarInsn(Opcodes.ALOAD, local);
        }
    }

    private static boolean isReference(Type type) {
        return type.getSort() >= Type.ARRAY;
    }
}
