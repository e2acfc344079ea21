using System;

namespace Dsl;

/// <summary>Declares an augmentation policy: transformations applied in reading order to batches of images.</summary>
/// <example><code>
/// [Augmentation, RandomShift(1)]
/// public partial class Weak;
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class AugmentationAttribute : Attribute;
