using System;

namespace Dsl;

/// <summary>
/// Lets the network see mixtures of samples, beside a labelled objective, and weighs the losses of both labels alike. Evaluation
/// is not affected.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public abstract class MixingAttribute : Attribute;
