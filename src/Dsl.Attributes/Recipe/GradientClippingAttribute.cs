namespace Dsl;

/// <summary>A bound on the gradient, applied before the optimizer's update. A trainer has at most one.</summary>
public abstract class GradientClippingAttribute : RecipeAttribute;
