// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import java.util.Map;

/**
 * Why a request is not let in.
 *
 * @param status  of the answer
 * @param detail  what is wrong and what to do, one sentence for a person
 * @param headers that the answer has as well
 */
public record AccessRefusal(int status, String detail, Map<String, String> headers) {

    AccessRefusal(int status, String detail) {
        this(status, detail, Map.of());
    }
}
