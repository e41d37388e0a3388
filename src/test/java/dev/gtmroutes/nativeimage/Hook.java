// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.nativeimage;

import static org.objectweb.asm.Opcodes.AASTORE;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ANEWARRAY;
import static org.objectweb.asm.Opcodes.ARETURN;
import static org.objectweb.asm.Opcodes.BIPUSH;
import static org.objectweb.asm.Opcodes.CHECKCAST;
import static org.objectweb.asm.Opcodes.DUP;
import static org.objectweb.asm.Opcodes.DUP_X1;
import static org.objectweb.asm.Opcodes.ICONST_0;
import static org.objectweb.asm.Opcodes.INVOKEINTERFACE;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;
import static org.objectweb.asm.Opcodes.SWAP;

import java.util.List;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * A method that tells {@link Recorder} what it is asked for.
 *
 * @param type       name of its class, with slashes
 * @param method     name of the method
 * @param parameters how its descriptor begins
 * @param isAtEnd    whether it tells its result first, when it returns; otherwise it tells when it begins
 * @param told       local variables that are told: 0 is {@code this}, or the first parameter of a static method
 * @param teller     the method of the recorder that is called
 */
record Hook(String type, String method, String parameters, boolean isAtEnd, List<Integer> told, String teller) {

    /** The name under which the recorder is found among the system properties. */
    static final String RECORDER = "dev.gtmroutes.nativeimage.Recorder";

    private static final String CONSUMER = "java/util/function/BiConsumer";

    static Hook atEnd(String type, String method, String parameters, String teller, Integer... told) {
        return new Hook(type, method, parameters, true, List.of(told), teller);
    }

    static Hook atStart(String type, String method, String parameters, String teller, Integer... told) {
        return new Hook(type, method, parameters, false, List.of(told), teller);
    }

    boolean isOf(String name, String descriptor) {
        return method.equals(name) && descriptor.startsWith(parameters);
    }

    /** Adds the call to the method that is being copied. */
    MethodVisitor into(MethodVisitor copy) {
        return new MethodVisitor(Opcodes.ASM9, copy) {
            @Override
            public void visitCode() {
                super.visitCode();
                if (!isAtEnd) {
                    tell(mv);
                }
            }

            @Override
            public void visitInsn(int opcode) {
                if (isAtEnd && opcode == ARETURN) {
                    tell(mv);
                }
                super.visitInsn(opcode);
            }
        };
    }

    /**
     * Calls the recorder with an array of what is told. It is found by way of classes of the JDK: those that are changed see
     * no others. The comments show the top of the stack.
     */
    private void tell(MethodVisitor copy) {
        if (isAtEnd) {
            copy.visitInsn(DUP); // result
        }
        copy.visitMethodInsn(INVOKESTATIC, "java/lang/System", "getProperties", "()Ljava/util/Properties;", false);
        copy.visitLdcInsn(RECORDER);
        copy.visitMethodInsn(INVOKEVIRTUAL, "java/util/Properties", "get", "(Ljava/lang/Object;)Ljava/lang/Object;", false);
        copy.visitTypeInsn(CHECKCAST, CONSUMER);
        if (isAtEnd) {
            copy.visitInsn(SWAP); // recorder, result
        }
        copy.visitLdcInsn(teller);
        if (isAtEnd) {
            copy.visitInsn(SWAP); // recorder, teller, result
        }
        copy.visitIntInsn(BIPUSH, told.size() + first());
        copy.visitTypeInsn(ANEWARRAY, "java/lang/Object");
        if (isAtEnd) {
            copy.visitInsn(DUP_X1); // recorder, teller, array, result, array
            copy.visitInsn(SWAP);
            copy.visitInsn(ICONST_0);
            copy.visitInsn(SWAP);
            copy.visitInsn(AASTORE); // recorder, teller, array
        }
        for (int i = 0; i < told.size(); i++) {
            copy.visitInsn(DUP);
            copy.visitIntInsn(BIPUSH, first() + i);
            copy.visitVarInsn(ALOAD, told.get(i));
            copy.visitInsn(AASTORE);
        }
        copy.visitMethodInsn(INVOKEINTERFACE, CONSUMER, "accept", "(Ljava/lang/Object;Ljava/lang/Object;)V", true);
    }

    private int first() {
        return isAtEnd ? 1 : 0;
    }
}
