// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.api;

/** A step of a vendor API that takes an {@link ApiRequest} as body; behind its route, the body is an {@link ApiAnswer}. */
public interface RequestTaker {
}
