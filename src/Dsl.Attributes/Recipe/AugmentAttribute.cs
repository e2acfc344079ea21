using System;

namespace Dsl;

/// <summary>Augments every input of a step by a policy, independently for each network that sees it.</summary>
/// <typeparam name="TPolicy">A class with <see cref="AugmentationAttribute">[Augmentation]</see>.</typeparam>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class AugmentAttribute<TPolicy> : Attribute;
