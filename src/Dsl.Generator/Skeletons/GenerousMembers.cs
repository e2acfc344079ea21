using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;

namespace Dsl.Generator.Skeletons;

/// <summary>
/// What a trainer may have by attributes that could not be kept: the arguments of methods in every form that some attribute gives
/// them, and
/// the numbers of the attributes.
/// </summary>
/// <param name="name">The trainer's class.</param>
/// <param name="model">The type of its network.</param>
/// <param name="start">How a constructor calls the base class's; nothing where that is not ours.</param>
/// <param name="thrown">What every body throws.</param>
internal sealed class GenerousMembers(
    string name, string model, string start, string thrown, IReadOnlyCollection<AttributeDeclaration> dropped)
{
    private const string Device = "global::TorchSharp.torch.Device?";

    /// <summary>Methods that the given ones stand in for.</summary>
    public static readonly string[] Replaced = ["Fit", "Evaluate", "Report"];

    /// <summary>Members of the class, as C#; those whose names are known already are left out.</summary>
    public IEnumerable<string> Of(ICollection<string> known)
    {
        yield return $"public {name}({model} model, object? teacher, {Device} device = null){start} => throw {thrown};";
        yield return "public global::Dsl.Runtime.TrainingReport Fit(object? data, object? unlabeled = null, "
            + "object? validation = null, object? checkpointPath = null, object? epochs = null, object? progress = null) "
            + $"=> throw {thrown};";
        yield return $"public dynamic Evaluate(object? data, object? views = null) => throw {thrown};";
        yield return $"public dynamic Report(object? data) => throw {thrown};";
        foreach (string network in new[] { "Teacher", "Average" }.Where(network => !known.Contains(network)))
            yield return $"public {model} {network} => throw {thrown};";
        var numbers = Numbers().Where(number => !known.Contains(number.Name)).GroupBy(number => number.Name);
        foreach (var (property, type) in numbers.Select(same => same.First()))
            yield return $"public {type} {property} {{ get => throw {thrown}; set => throw {thrown}; }}";
    }

    /// <summary>A further constructor of <c>Batch</c>, for data that other attributes ask for.</summary>
    public string OfBatch(int roles)
    {
        string nothing = string.Join(", ", Enumerable.Repeat("default(global::TorchSharp.torch.Tensor)!", roles));
        return $"public Batch(params object?[] data) : this({nothing}) => throw {thrown};";
    }

    /// <summary>Members of <c>Losses</c> that the attributes may have given it.</summary>
    public IEnumerable<string> OfLosses(ICollection<string> known) => dropped.Where(AttributeBinder.Declares<TermAttribute>)
        .Select(attribute => AttributeBinder.ShortName(attribute.Name)).Distinct().Where(term => !known.Contains(term))
        .Select(term => $"public global::TorchSharp.torch.Tensor {term} => throw {thrown};");

    private IEnumerable<(string Name, string Type)> Numbers()
    {
        foreach (var attribute in dropped)
        {
            string prefix = AttributeBinder.ShortName(attribute.Name);
            if (typeof(LayerAttribute).Assembly.GetType($"Dsl.{attribute.Name}") is not { } type) continue;
            foreach (var property in type.GetProperties()
                .Where(property => Attribute.IsDefined(property, typeof(IntervalAttribute))))
            {
                string number = property.PropertyType == typeof(double) ? "double" : "int";
                if (property.Name == nameof(EpochsAttribute.Count)) yield return (prefix, number);
                yield return (prefix + property.Name, number);
                if (!AttributeBinder.Declares<TermAttribute>(attribute)) yield return (property.Name, number);
            }
        }
    }
}
