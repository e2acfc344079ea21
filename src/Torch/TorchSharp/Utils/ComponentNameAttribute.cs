namespace TorchSharp.Utils;

/// <summary>The name that a field of a module is registered under, when it is not the field's own.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class ComponentNameAttribute : Attribute
{
    /// <summary>The name of the component.</summary>
    public string? Name { get; set; }
}
