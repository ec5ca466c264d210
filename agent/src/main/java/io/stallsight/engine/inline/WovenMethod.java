package io.stallsight.engine.inline;

import java.util.List;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** The method that gets advice, as its class file declares it. */
public final class WovenMethod {

    private final String owner;
    private final String name;
    private final String descriptor;
    private final boolean isStatic;
    private final Type[] parameters;
    private final Type result;
    private final int size;

    /**
     * @param owner internal name of the class
     * @param access the method's flags
     */
    public WovenMethod(String owner, int access, String name, String descriptor) {
        this.owner = owner;
        this.name = name;
        this.descriptor = descriptor;
        this.isStatic = (access & Opcodes.ACC_STATIC) != 0;
        this.parameters = Type.getArgumentTypes(descriptor);
        this.result = Type.getReturnType(descriptor);
        this.size = offsetOf(parameters.length);
    }

    /** Internal name of the class. */
    public String owner() {
        return owner;
    }

    public boolean isStatic() {
        return isStatic;
    }

    public boolean isConstructor() {
        return name.equals("<init>");
    }

    public Type[] parameters() {
        return parameters.clone();
    }

    /** The type that the method returns. */
    public Type result() {
        return result;
    }

    /** The local variable that holds the parameter with this index. */
    public int offsetOf(int parameter) {
        int offset = isStatic ? 0 : 1;
        for (int i = 0; i < parameter; i++) {
            offset += parameters[i].getSize();
        }
        return offset;
    }

    /** How many local variables the receiver and the parameters take. */
    int size() {
        return size;
    }

    boolean hasArguments() {
        return size > 0;
    }

    /**
     * Adds the types that a stack map frame has for the receiver and the parameters.
     *
     * @param receiver the type of the receiver, which is special in a constructor that has not called another one
     */
    void addTo(List<Object> locals, Object receiver) {
        if (!isStatic) {
            locals.add(receiver);
        }
        for (Type parameter : parameters) {
            locals.add(FrameTypes.of(parameter));
        }
    }

    @Override
    public String toString() {
        return owner.replace('/', '.') + "." + name + descriptor;
    }
}
