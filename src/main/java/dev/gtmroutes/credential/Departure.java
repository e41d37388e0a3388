// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import dev.gtmroutes.api.FirstByteListener;

/**
 * As Kamelets of users name it that were made for the first edition.
 *
 * @deprecated now {@link FirstByteListener}
 */
@Deprecated
public class Departure extends FirstByteListener {
}
