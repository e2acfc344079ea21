namespace Dsl;

/// <summary>
/// Something said about the parameters of a stack. It is no layer: it computes nothing, and the layers behind it are numbered
/// as if it were not there.
/// </summary>
public abstract class ParameterRuleAttribute : StackElementAttribute;
