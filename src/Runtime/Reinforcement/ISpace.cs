namespace Dsl.Runtime;

/// <summary>The values that an observation or an action can have.</summary>
/// <typeparam name="T">What a value is.</typeparam>
public interface ISpace<T>
{
    /// <summary>Whether a value belongs to the space.</summary>
    bool Contains(T value);

    /// <summary>A value drawn evenly.</summary>
    T Sample(HostRandom random);
}
