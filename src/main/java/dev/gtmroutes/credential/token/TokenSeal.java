// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential.token;

/** What saved tokens look like on the disk. Safe for use by many threads. */
public interface TokenSeal {

    /** They stand there as they are: only the user of the program can read their file. */
    TokenSeal NONE = new TokenSeal() {

        @Override
        public byte[] seal(String name, byte[] plain) {
            return plain;
        }

        @Override
        public byte[] open(String name, byte[] sealed) {
            return sealed;
        }
    };

    /** @param name of the tokens: sealed bytes are good for this name alone */
    byte[] seal(String name, byte[] plain);

    /** @throws IllegalArgumentException if the bytes were not sealed for this name; the message has no secret */
    byte[] open(String name, byte[] sealed);
}
