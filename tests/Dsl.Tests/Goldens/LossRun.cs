using System.Globalization;
using System.Reflection;
using Dsl.Runtime;
using Dsl.Tests.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>One step's losses of a trainer of <see cref="Logits"/>, whatever its signatures are: they are found by the names of
/// their members.</summary>
internal sealed class LossRun : IDisposable
{
    private readonly object _trainer;
    private readonly object _losses;
    private readonly Logits _model;

    /// <param name="trainer">The trainer's name in <c>Dsl.Tests.Losses</c>.</param>
    /// <param name="tensors">Logits, labels, the teacher's logits and draws by their names in goldens.</param>
    /// <param name="settings">The trainer's properties to set.</param>
    public LossRun(string trainer, Func<string, Tensor> tensors, IEnumerable<KeyValuePair<string, string>> settings)
    {
        var type = typeof(Logits).Assembly.GetType($"Dsl.Tests.Losses.{trainer}", throwOnError: true)!;
        _model = With(tensors("logits"));
        var parameters = type.GetConstructors().Single().GetParameters();
        _trainer = Activator.CreateInstance(type, parameters.Select(parameter => parameter.Name switch
        {
            "model" => _model,
            "teacher" => With(tensors("teacher_logits")),
            _ => (object?)null,
        }).ToArray())!;
        foreach (var (name, value) in settings)
        {
            var property = Property(type, name);
            property.SetValue(_trainer, Convert.ChangeType(
                double.Parse(value, CultureInfo.InvariantCulture), property.PropertyType, CultureInfo.InvariantCulture));
        }

        if (type.GetProperty("Transition")?.GetValue(_trainer) is NoiseTransition transition)
            transition.Set(tensors("transition"));
        object batch = Create(type, "Batch", name => name switch
        {
            "Input" => eye(8),
            "Unlabeled" => eye(8).narrow(0, 0, 5),
            _ => tensors("labels"),
        });
        object draws = Create(type, "Draws", name => tensors($"draw.{name}"));
        _losses = type.GetMethod("ComputeGradients")!.Invoke(_trainer, [batch, draws])!;
    }

    /// <summary>The gradient of the logits.</summary>
    public Tensor Gradient => ArenaGradient.Of(_model.Arena, _model.Linear0Weight).t();

    /// <summary>A member of the losses.</summary>
    public Tensor this[string loss] => (Tensor)Property(_losses.GetType(), loss).GetValue(_losses)!;

    public static LossRun Of(string trainer, Golden golden) => new(trainer, name => golden[name], golden.Settings);

    public void Dispose()
    {
        ((IDisposable)_trainer).Dispose();
        _model.Dispose();
    }

    private static Logits With(Tensor logits)
    {
        var model = new Logits();
        using var noGrad = no_grad();
        model.Linear0Weight.copy_(logits.t());
        return model;
    }

    private static object Create(Type trainer, string record, Func<string, Tensor> member)
    {
        var constructor = trainer.GetNestedType(record)!.GetConstructors(BindingFlags.Public | BindingFlags.Instance).Single();
        return constructor.Invoke(constructor.GetParameters().Select(parameter => (object)member(parameter.Name!)).ToArray());
    }

    private static PropertyInfo Property(Type type, string name) =>
        type.GetProperty(name) ?? throw new InvalidOperationException($"{type.Name} has no property '{name}'");
}
