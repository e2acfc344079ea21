namespace Dsl.Runtime;

/// <summary>What a compiled loop does with some of the elements of its tensors: several operators of a step in one pass over
/// memory.</summary>
public interface IElementLoop
{
    /// <summary>Computes results from operands, and adds up what is summed.</summary>
    /// <param name="part">Where these elements lie.</param>
    static abstract void Run(ElementPart part);
}
